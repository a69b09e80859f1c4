using Microsoft.AspNetCore.Http;

namespace Bastide.Protocols.Dav.Headers;

/// <summary>Where a <c>COPY</c> or <c>MOVE</c> leads (RFC 4918 §10.3).</summary>
/// <param name="Parent">The collection it leads into.</param>
/// <param name="Name">The name there.</param>
/// <param name="Existing">What has the name now, or null.</param>
sealed record Destination(DavCollection Parent, string Name, DavNode? Existing)
{
    /// <summary>Reads <c>Destination</c> and <c>Overwrite</c>. Throws <see cref="DavException"/> for what cannot be.</summary>
    public static async ValueTask<Destination> Read(DavCall call, DavNode source)
    {
        var headers = call.Http.Request.Headers;
        var address = headers["Destination"].ToString();
        if (address.Length == 0) throw new DavException(DavError.BadRequest("There is no Destination."));
        if (call.Resolve(address) is not { } path) throw new DavException(IsElsewhere(call, address) ? new DavError(StatusCodes.Status502BadGateway) : DavError.BadRequest("The Destination cannot be read."));
        if (path.Parent is not { } above || await call.Find(above, DavWanted.None) is not DavCollection parent) throw new DavException(DavError.Conflict);
        // As the tree spells it, so that a node is not taken for another than itself.
        path = parent.Path.Child(path.Name);
        if (path.Equals(source.Path)) throw new DavException(DavError.Forbidden);
        // What holds the other cannot take its place, nor go into it.
        if (path.IsWithin(source.Path) || source.Path.IsWithin(path)) throw new DavException(DavError.Conflict);
        var existing = await call.Find(path, DavWanted.None);
        var overwrite = headers["Overwrite"].ToString() switch
        {
            "" or "T" or "t" => true,
            "F" or "f" => false,
            _ => throw new DavException(DavError.BadRequest("Overwrite is T or F.")),
        };
        return existing is null || overwrite ? new Destination(parent, path.Name, existing) : throw new DavException(DavError.PreconditionFailed);
    }

    static bool IsElsewhere(DavCall call, string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https") && !uri.Authority.Equals(call.Http.Request.Host.Value, StringComparison.OrdinalIgnoreCase);
}

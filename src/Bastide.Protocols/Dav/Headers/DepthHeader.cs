using Microsoft.AspNetCore.Http;

namespace Bastide.Protocols.Dav.Headers;

/// <summary>Reads <c>Depth</c> (RFC 4918 §10.2).</summary>
static class DepthHeader
{
    /// <summary>The depth, or <paramref name="otherwise"/> when none is said. Throws <see cref="DavException"/> for anything else.</summary>
    public static Depth Read(HttpRequest request, Depth otherwise) => request.Headers["Depth"].ToString() switch
    {
        "" => otherwise,
        "0" => Depth.Zero,
        "1" => Depth.One,
        var text when text.Equals("infinity", StringComparison.OrdinalIgnoreCase) => Depth.Infinity,
        _ => throw new DavException(DavError.BadRequest("Depth is 0, 1 or infinity.")),
    };
}

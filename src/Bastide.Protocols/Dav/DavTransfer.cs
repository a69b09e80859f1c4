namespace Bastide.Protocols.Dav;

/// <summary>A <c>COPY</c> or <c>MOVE</c> into a collection (RFC 4918 §9.8, §9.9).</summary>
/// <param name="Source">What is copied or moved.</param>
/// <param name="Name">The name it shall have.</param>
/// <param name="Replaced">What has the name now and is replaced in the same transaction; null where nothing has.</param>
/// <param name="WithMembers">Whether the members of a collection come along (<c>Depth: infinity</c>); always so for a move.</param>
/// <param name="Guard">What must still hold at the destination.</param>
/// <param name="SourceGuard">What must still hold at the source.</param>
public sealed record DavTransfer(DavNode Source, string Name, DavNode? Replaced, bool WithMembers, DavGuard Guard, DavGuard SourceGuard)
{
    /// <summary>Copies between modules: the octets of a resource, as if the client had read and written them.</summary>
    internal async ValueTask<DavError?> GiveOver(DavCall call, DavCollection destination)
    {
        if (Source.IsCollection || Replaced is DavCollection || await Source.Open(call) is not { } body) return DavError.Forbidden;
        await using (body)
        {
            var upload = new DavUpload(body.AsStream(), Source.ContentType, body.Length);
            var stored = Replaced is DavResource resource ? await resource.Replace(call, upload, Guard) : await destination.Create(call, Name, upload, Guard);
            return stored.Error;
        }
    }

    /// <summary>The same, and then destroys the source.</summary>
    internal async ValueTask<DavError?> GiveOverAndDelete(DavCall call, DavCollection destination) =>
        await GiveOver(call, destination) ?? await Source.Delete(call, SourceGuard);
}

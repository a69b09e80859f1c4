using System.Xml.Linq;
using Bastide.Protocols.Dav.Xml;
using Microsoft.AspNetCore.Http;

namespace Bastide.Protocols.Dav.Verbs;

/// <summary><c>MKCOL</c>: makes a collection, of a kind and with properties where the body says so. RFC 4918 §9.3, RFC 5689.</summary>
static class Mkcol
{
    static readonly XName Root = DavNames.Of("mkcol");

    public static async ValueTask Handle(DavCall call)
    {
        // A body that is not understood must not be passed over (RFC 4918 §9.3).
        var isXml = call.Http.Request.ContentType?.Contains("xml", StringComparison.OrdinalIgnoreCase) == true;
        var hasBody = call.Http.Request.ContentLength > 0 || call.Http.Request.Headers.TransferEncoding.Count > 0;
        var body = hasBody && isXml ? await call.ReadXml() : null;
        if (hasBody && body?.Name != Root)
        {
            await call.Answer(StatusCodes.Status415UnsupportedMediaType);
            return;
        }

        var update = PropertyUpdate.Read(call, body ?? new XElement(Root));
        var types = update.Take(DavNames.ResourceType)?.Elements().Select(type => type.Name).ToList() ?? [DavNames.Collection];
        if (!types.Remove(DavNames.Collection)) update.Refuse(DavError.Violated(DavNames.Of("valid-resourcetype")) with { Property = DavNames.ResourceType });
        await call.MakeCollection(update, types, DavNames.Of("mkcol-response"));
    }
}

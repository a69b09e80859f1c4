using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace Bastide.Protocols.Dav.Reports;

/// <summary><c>DAV:principal-search-property-set</c>: the properties that principals can be searched by. RFC 3744 §9.5.</summary>
static class PrincipalSearchPropertySet
{
    public static async ValueTask Handle(DavCall call, DavNode node, XElement body)
    {
        call.Http.Response.StatusCode = StatusCodes.Status200OK;
        call.Http.Response.ContentType = "application/xml; charset=utf-8";
        using var xml = new DavXmlWriter(call.Http.Response.BodyWriter, call.Table.Namespaces);
        xml.Begin(DavNames.Of("principal-search-property-set"));
        foreach (var (property, description) in call.Table.PrincipalSearches)
        {
            xml.Start(DavNames.Of("principal-search-property"));
            xml.Start(DavNames.Prop);
            xml.Empty(property);
            xml.End();
            xml.Start(DavNames.Of("description"), "xml:lang", "en");
            xml.Text(description);
            xml.End();
            xml.End();
        }

        xml.End();
        await xml.Flush(call.Cancellation);
    }
}

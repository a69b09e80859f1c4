using System.Xml.Linq;
using Bastide.Protocols.Dav.Xml;
using Microsoft.AspNetCore.Http;

namespace Bastide.Protocols.Dav.Reports;

/// <summary>
/// <c>DAV:expand-property</c>: properties of a node, and in the place of the addresses in them the properties of what stands
/// there, as deep as is asked. RFC 3253 §3.8.
/// </summary>
static class ExpandProperty
{
    const int MostNodes = 1000;
    const int MostLevels = 5;
    static readonly XName Property = DavNames.Of("property");

    public static async ValueTask Handle(DavCall call, DavNode node, XElement body)
    {
        using var answer = call.BeginMultistatus(DavWanted.None);
        await new Expansion(call, answer.Xml).Write(node, body, MostLevels);
        await answer.End();
    }

    /// <summary>One answer under way: what is expanded counts over all of it.</summary>
    sealed class Expansion(DavCall call, DavXmlWriter xml)
    {
        int _left = MostNodes;

        /// <summary>The <c>DAV:response</c> of a node: its plain properties first, then those that hold responses themselves.</summary>
        public async ValueTask Write(DavNode node, XElement asked, int levels)
        {
            var plain = new List<XElement>();
            var expanded = new List<(XName Name, XElement Asked, IReadOnlyList<string> Hrefs)>();
            foreach (var property in asked.Elements(Property).Take(call.Engine.Limits.Properties))
            {
                var name = NameOf(property);
                if (levels > 0 && property.HasElements && await HrefsOf(node, name) is { } hrefs) expanded.Add((name, property, hrefs));
                else plain.Add(new XElement(name));
            }

            xml.Start(DavNames.Of("response"));
            xml.Href(node.Href);
            if (plain.Count > 0 || expanded.Count == 0)
            {
                var page = new PropertyPage(call, call.Engine.Named(plain));
                await page.Load([node]);
                page.Write(xml, node);
            }

            foreach (var (name, property, hrefs) in expanded) await Write(name, property, hrefs, levels);
            xml.End();
        }

        async ValueTask Write(XName name, XElement asked, IReadOnlyList<string> hrefs, int levels)
        {
            xml.Start(DavNames.Of("propstat"));
            xml.Start(DavNames.Prop);
            xml.Start(name);
            foreach (var href in hrefs)
            {
                // Beyond the bound an address is told and not followed.
                if (--_left < 0) xml.Href(href);
                else if (call.Resolve(href) is { } path && await call.Find(path, DavWanted.None) is { } found) await Write(found, asked, levels - 1);
                else WriteMissing(href);
                await xml.FlushSome(call.Cancellation);
            }

            xml.End();
            xml.End();
            DavMultistatus.WriteStatus(xml, StatusCodes.Status200OK);
            xml.End();
        }

        void WriteMissing(string href)
        {
            xml.Start(DavNames.Of("response"));
            xml.Href(href);
            DavMultistatus.WriteStatus(xml, StatusCodes.Status404NotFound);
            xml.End();
        }

        async ValueTask<IReadOnlyList<string>?> HrefsOf(DavNode node, XName name) =>
            call.Table.Property(name, node.GetType()) is { } property && property.MayRead?.Invoke(node) != false ? await property.HrefsOf(call, node) : null;
    }

    static XName NameOf(XElement property)
    {
        try
        {
            return XName.Get(property.Attribute("name")?.Value ?? "", property.Attribute("namespace")?.Value ?? "DAV:");
        }
        catch (Exception exception) when (exception is ArgumentException or System.Xml.XmlException)
        {
            throw new DavException(DavError.BadRequest("A property has a name."));
        }
    }
}

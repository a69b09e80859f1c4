using System.Globalization;
using System.Xml.Linq;

namespace Bastide.Protocols.Dav.Properties;

/// <summary>The live properties of RFC 4918 §15, of quota (RFC 4331) and of synchronisation (RFC 6578), on every node that has them.</summary>
static class CoreProperties
{
    public static void Register(DavTable table)
    {
        table.AddProperty(DavProperty.Content<DavNode>(DavNames.ResourceType, WriteResourceType, allProp: true));
        table.AddProperty(DavProperty.Text<DavNode>(DavNames.DisplayName, node => node.DisplayName, allProp: true, check: _ => null));
        table.AddProperty(DavProperty.Text<DavNode>(DavNames.Of("creationdate"), node => node.Created?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), allProp: true));
        table.AddProperty(DavProperty.Text<DavNode>(DavNames.Of("getlastmodified"), node => node.Modified?.UtcDateTime.ToString("R", CultureInfo.InvariantCulture), allProp: true));
        table.AddProperty(DavProperty.Text<DavNode>(DavNames.Of("getetag"), node => node.ETag, allProp: true));
        table.AddProperty(DavProperty.Text<DavNode>(DavNames.Of("getcontentlength"), node => node.ContentLength?.ToString(CultureInfo.InvariantCulture), allProp: true));
        table.AddProperty(DavProperty.Text<DavNode>(DavNames.Of("getcontenttype"), node => node.ContentType, allProp: true));
        table.AddProperty(DavProperty.Text<DavNode>(DavNames.Of("getcontentlanguage"), node => node.ContentLanguage, allProp: true));
        table.AddProperty(DavProperty.Loaded<DavCollection, DavQuota>(DavNames.Of("quota-used-bytes"), DavQuota.Load, (xml, _, quota) => xml.Text(quota.Used.ToString(CultureInfo.InvariantCulture))));
        table.AddProperty(DavProperty.Loaded<DavCollection, DavQuota>(DavNames.Of("quota-available-bytes"), DavQuota.LoadBounded, (xml, _, quota) => xml.Text(quota.Available.ToString(CultureInfo.InvariantCulture))));
        table.AddProperty(DavProperty.Text<DavCollection>(DavNames.Of("sync-token"), node => node.SyncState is { } state ? SyncToken.Format(state) : null));
        table.AddProperty(DavProperty.Text<DavCollection>(DavNames.CalendarServer + "getctag", node => node.SyncState?.ToString()));
        table.AddProperty(DavProperty.Hrefs<DavNode>(DavNames.Of("current-user-principal"), (call, _) => [call.PrincipalHref(call.Caller.Address)]));
        table.AddProperty(DavProperty.Content<DavNode>(DavNames.Of("supported-report-set"), (xml, node, _) =>
        {
            foreach (var report in table.Reports(node))
            {
                xml.Start(DavNames.Of("supported-report"));
                xml.Start(DavNames.Of("report"));
                xml.Empty(report);
                xml.End();
                xml.End();
            }
        }));
    }

    static void WriteResourceType(DavXmlWriter xml, DavNode node, XElement? asked)
    {
        if (node.IsCollection) xml.Empty(DavNames.Collection);
        foreach (var type in node.ResourceTypes) xml.Empty(type);
    }
}

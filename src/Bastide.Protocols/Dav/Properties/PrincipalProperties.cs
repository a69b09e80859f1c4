namespace Bastide.Protocols.Dav.Properties;

/// <summary>The properties of principals (RFC 3744 §4).</summary>
static class PrincipalProperties
{
    public static void Register(DavTable table)
    {
        table.AddProperty(DavProperty.Hrefs<DavPrincipal>(DavNames.Of("principal-URL"), (_, principal) => [principal.Href]));
        table.AddProperty(DavProperty.Hrefs<DavPrincipal>(DavNames.Of("alternate-URI-set"), (_, principal) => [.. principal.Entry.Aliases.Prepend(principal.Entry.Address).Select(address => "mailto:" + address)]));
    }
}

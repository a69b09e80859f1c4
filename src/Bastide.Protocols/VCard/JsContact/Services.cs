namespace Bastide.Protocols.VCard.JsContact;

/// <summary>The names of services that programs have properties of their own for, older than IMPP and SOCIALPROFILE.</summary>
static class Services
{
    static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["X-AIM"] = "AIM",
        ["X-GADUGADU"] = "Gadu-Gadu",
        ["X-GOOGLE-TALK"] = "Google Talk",
        ["X-GROUPWISE"] = "GroupWise",
        ["X-GTALK"] = "Google Talk",
        ["X-ICQ"] = "ICQ",
        ["X-JABBER"] = "Jabber",
        ["X-MATRIX"] = "Matrix",
        ["X-MSN"] = "MSN",
        ["X-QQ"] = "QQ",
        ["X-SKYPE"] = "Skype",
        ["X-SKYPE-USERNAME"] = "Skype",
        ["X-TWITTER"] = "Twitter",
        ["X-YAHOO"] = "Yahoo",
    };

    /// <summary>The service of such a property, or null.</summary>
    public static string? Of(string property) => Names.GetValueOrDefault(property);
}

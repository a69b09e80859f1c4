using Bastide.Platform.Accounts;

namespace Bastide.Mail.Imap;

/// <summary>Rights as IMAP writes them (RFC 4314 §2.1).</summary>
static class AclRights
{
    /// <summary>The letters of what someone may do.</summary>
    public static string Of(Rights rights)
    {
        var letters = "";
        if (rights.HasFlag(Rights.Lookup)) letters += "l";
        if (rights.HasFlag(Rights.Read)) letters += "r";
        if (rights.HasFlag(Rights.Write)) letters += "swi";
        if (rights.HasFlag(Rights.Submit)) letters += "p";
        if (rights.HasFlag(Rights.Manage)) letters += "kx";
        if (rights.HasFlag(Rights.Delete)) letters += "te";
        if (rights.HasFlag(Rights.Manage)) letters += "a";
        return letters;
    }
}

namespace Bastide.Protocols.ITip;

/// <summary>The addresses of people in calendars: URIs, mostly <c>mailto:</c> (RFC 5545 §3.3.3).</summary>
public static class CalendarAddress
{
    const string MailTo = "mailto:";

    /// <summary>The address of mail, for an URI that is one.</summary>
    public static string? MailOf(string address)
    {
        var trimmed = address.Trim();
        if (!trimmed.StartsWith(MailTo, StringComparison.OrdinalIgnoreCase)) return null;
        var mail = trimmed[MailTo.Length..];
        var query = mail.IndexOf('?', StringComparison.Ordinal);
        if (query >= 0) mail = mail[..query];
        mail = mail.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(mail) : mail;
        return mail.Contains('@', StringComparison.Ordinal) && !mail.Any(char.IsControl) ? mail.Trim() : null;
    }

    /// <summary>The URI of an address of mail.</summary>
    public static string Of(string mail) => MailTo + mail;

    /// <summary>The form in which two of the same are equal.</summary>
    public static string Key(string address) => (MailOf(address) is { } mail ? MailTo + mail : address.Trim()).ToLowerInvariant();

    /// <summary>Whether two name the same person.</summary>
    public static bool IsSame(string one, string other) => Key(one) == Key(other);
}

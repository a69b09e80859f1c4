using System.Globalization;
using System.Text;

namespace Bastide.Mail.Store;

/// <summary>What messages are sorted by where people read text (RFC 8621 §4.4.2): without case, accents and prefixes.</summary>
static class SortKeys
{
    const int Longest = 100;

    /// <summary>The base subject.</summary>
    public static string Subject(MessageHeader header) => Fold(BaseSubject.Of(header.Subject ?? ""));

    /// <summary>The name, or else the address, of the first of From.</summary>
    public static string Sender(MessageHeader header) => First(header.From);

    /// <summary>The name, or else the address, of the first of To.</summary>
    public static string Recipient(MessageHeader header) => First(header.To);

    static string First(IReadOnlyList<MailAddress>? addresses) =>
        addresses is { Count: > 0 } ? Fold(string.IsNullOrWhiteSpace(addresses[0].Name) ? addresses[0].Email : addresses[0].Name!) : "";

    static string Fold(string text)
    {
        var head = text.Length > 2 * Longest ? text[..(2 * Longest)] : text;
        var folded = new StringBuilder(Longest);
        foreach (var c in Decompose(head))
        {
            if (folded.Length == Longest) break;
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && c != '\0' && !char.IsSurrogate(c)) folded.Append(char.ToUpperInvariant(c));
        }

        return folded.ToString();
    }

    static string Decompose(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormD);
        }
        catch (ArgumentException)
        {
            // Half a surrogate pair: such a text is compared as it is.
            return text;
        }
    }
}

using System.Text;

namespace Bastide.Mail.Imap;

/// <summary>Text so folded that comparing it octet by octet compares as <c>i;unicode-casemap</c> does (RFC 5051): without case, compatible characters alike.</summary>
static class Casemap
{
    const int Longest = 1000;

    /// <summary>The folded text.</summary>
    public static string Fold(string text)
    {
        var upper = (text.Length > Longest ? text[..Longest] : text).ToUpperInvariant();
        try
        {
            return upper.Normalize(NormalizationForm.FormKD);
        }
        catch (ArgumentException)
        {
            // Half a surrogate pair: such a text is compared as it is.
            return upper;
        }
    }
}

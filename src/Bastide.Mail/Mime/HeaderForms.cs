using System.Collections.Frozen;
using System.Text;
using Bastide.Protocols.Jmap;
using MimeKit;
using MimeKit.Utils;

namespace Bastide.Mail.Mime;

/// <summary>
/// The forms of header fields (RFC 8621 §4.1.2). Those over octets decode what older programs wrote without saying in
/// which charset; those over texts take the raw form.
/// </summary>
public static class HeaderForms
{
    static readonly FrozenSet<string> AddressFields = Names("From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Resent-From", "Resent-Sender", "Resent-Reply-To", "Resent-To", "Resent-Cc", "Resent-Bcc");
    static readonly FrozenSet<string> IdFields = Names("Message-ID", "In-Reply-To", "References", "Resent-Message-ID");
    static readonly FrozenSet<string> DateFields = Names("Date", "Resent-Date");
    static readonly FrozenSet<string> UrlFields = Names("List-Help", "List-Unsubscribe", "List-Subscribe", "List-Post", "List-Owner", "List-Archive");
    static readonly FrozenSet<string> TextFields = Names("Subject", "Comments", "Keywords", "List-Id");

    static readonly FrozenSet<string> OtherDefined = Names("Received", "Return-Path");

    const int LongField = 2 * 1024;
    static readonly ParserOptions Strictly = MakeStrict();

    /// <summary>Whether a field may be asked for in a form: the table of RFC 8621 §4.1.2. A field no standard defines may take any.</summary>
    public static bool Allows(string headerName, HeaderForm form)
    {
        if (form == HeaderForm.Raw) return true;
        if (AddressFields.Contains(headerName)) return form is HeaderForm.Addresses or HeaderForm.GroupedAddresses;
        if (IdFields.Contains(headerName)) return form == HeaderForm.MessageIds;
        if (DateFields.Contains(headerName)) return form == HeaderForm.Date;
        if (UrlFields.Contains(headerName)) return form == HeaderForm.Urls;
        if (TextFields.Contains(headerName)) return form == HeaderForm.Text;
        return !OtherDefined.Contains(headerName);
    }

    /// <summary>The text: unfolded, encoded words decoded, in NFC, without white space before it (§4.1.2.2).</summary>
    public static string AsText(string raw) => AsText(Octets(raw));

    /// <summary>The addresses, those of groups among them (§4.1.2.3).</summary>
    public static IReadOnlyList<MailAddress> AsAddresses(string raw) => AsAddresses(Octets(raw));

    /// <summary>The addresses in their groups; those in none in groups without a name (§4.1.2.4).</summary>
    public static IReadOnlyList<AddressGroup> AsGroupedAddresses(string raw) => Groups(Octets(raw));

    /// <summary>The ids; null when there is none to be read (§4.1.2.5).</summary>
    public static IReadOnlyList<string>? AsMessageIds(string raw) => AsMessageIds(Octets(raw));

    /// <summary>The date; null when it is none (§4.1.2.6).</summary>
    public static DateTimeOffset? AsDate(string raw) => AsDate(Octets(raw));

    /// <summary>The URLs; null when there is none to be read (§4.1.2.7, RFC 2369).</summary>
    public static IReadOnlyList<string>? AsUrls(string raw)
    {
        var urls = new List<string>();
        var rest = raw.AsSpan();
        while (urls.Count < MimeBounds.MaxListed && rest.IndexOf('<') is >= 0 and var open)
        {
            rest = rest[(open + 1)..];
            var close = rest.IndexOf('>');
            if (close < 0) break;
            // RFC 2369 §2: white space within the brackets is not part of the URL.
            var url = string.Concat(rest[..close].ToString().Where(c => !char.IsWhiteSpace(c)));
            if (url.Length > 0) urls.Add(url);
            rest = rest[(close + 1)..];
        }

        return urls.Count == 0 ? null : urls;
    }

    internal static string AsText(byte[] octets)
    {
        // Control characters in an encoded word are dropped (RFC 8621 §4.1.2.2): a line break there is somebody's trick.
        var text = new string([.. Decode(Unfold(octets)).Where(c => !char.IsControl(c) || c == '\t')]).Trim(' ', '\t');
        return Composed(text);
    }

    internal static IReadOnlyList<MailAddress> AsAddresses(byte[] octets) => [.. Groups(octets).SelectMany(group => group.Addresses)];

    internal static IReadOnlyList<AddressGroup> AsGroupedAddresses(byte[] octets) => Groups(octets);

    internal static IReadOnlyList<string>? AsMessageIds(byte[] octets)
    {
        var ids = MimeUtils.EnumerateReferences(octets, 0, octets.Length).Take(MimeBounds.MaxListed).Select(id => MimeBounds.Head(id, MimeBounds.MaxValue)).ToList();
        return ids.Count == 0 ? null : ids;
    }

    internal static DateTimeOffset? AsDate(byte[] octets)
    {
        if (!DateUtils.TryParse(octets, out var date)) return null;
        // Years before 1 or after 9999 in UTC cannot be written in the protocols' form.
        return date.UtcDateTime.Year is > 1 and < 9999 ? date : null;
    }

    static List<AddressGroup> Groups(byte[] octets)
    {
        var groups = new List<AddressGroup>();
        var loose = new List<MailAddress>();
        foreach (var (address, verbatim) in Parse(octets).Take(MimeBounds.MaxListed))
        {
            if (address is not GroupAddress group)
            {
                loose.Add(address is MailboxAddress mailbox ? Show(mailbox) : new MailAddress(null, MimeBounds.Head(verbatim, MimeBounds.MaxValue)));
                continue;
            }

            EndLoose();
            groups.Add(new AddressGroup(Name(group.Name) ?? "", [.. group.Members.Mailboxes.Take(MimeBounds.MaxListed).Select(Show)]));
        }

        EndLoose();
        return groups;

        void EndLoose()
        {
            if (loose.Count > 0) groups.Add(new AddressGroup(null, [.. loose]));
            loose.Clear();
        }
    }

    static IEnumerable<(InternetAddress? Address, string Verbatim)> Parse(byte[] octets)
    {
        var options = OptionsFor(octets);
        if (InternetAddressList.TryParse(options, octets, out var list)) return list.Select(address => ((InternetAddress?)address, ""));
        // One bad address does not take the others away (§4.1.2.3: as good as can be).
        return SplitAtCommas(octets).SelectMany(piece => InternetAddressList.TryParse(options, piece, out var one)
            ? one.Select(address => ((InternetAddress?)address, ""))
            : AsText(piece).Trim('<', '>', ' ') is { Length: > 0 } text ? [(null, text)] : []);
    }

    static List<byte[]> SplitAtCommas(byte[] octets)
    {
        var pieces = new List<byte[]>();
        var (start, quoted) = (0, false);
        for (var i = 0; i < octets.Length && pieces.Count < MimeBounds.MaxListed; i++)
        {
            if (octets[i] == '"') quoted = !quoted;
            if (octets[i] != ',' || quoted) continue;
            pieces.Add(octets[start..i]);
            start = i + 1;
        }

        pieces.Add(octets[start..]);
        return pieces;
    }

    static MailAddress Show(MailboxAddress mailbox) => new(Name(mailbox.Name), MimeBounds.Head(Clean(mailbox.Address), MimeBounds.MaxValue));

    /// <summary>
    /// A long field is not guessed at: for every encoded word that does not end, and every comma that may belong to a name
    /// without quotes, the guess looks through all the rest of it (half a minute for a field of 800 kB).
    /// </summary>
    internal static ParserOptions OptionsFor(byte[] field) => field.Length <= LongField ? ParserOptions.Default : Strictly;

    static ParserOptions MakeStrict()
    {
        Charsets.Register();
        var options = ParserOptions.Default.Clone();
        options.AllowUnquotedCommasInAddresses = false;
        options.Rfc2047ComplianceMode = RfcComplianceMode.Strict;
        return options;
    }

    static string? Name(string? name)
    {
        var clean = Clean(name ?? "").Trim();
        return clean.Length == 0 ? null : MimeBounds.Head(Composed(clean), MimeBounds.MaxValue);
    }

    static string Clean(string text) => new([.. text.ReplaceLineEndings(" ").Where(c => !char.IsControl(c))]);

    static string Decode(byte[] octets)
    {
        // Old Japanese programs wrote their seven-bit charset as it is.
        var isJapanese = octets.AsSpan().IndexOf("\u001B$"u8) >= 0 && octets.AsSpan().IndexOf("=?"u8) < 0;
        return isJapanese ? Charsets.Decode(octets, "iso-2022-jp").Text : Rfc2047.DecodeText(OptionsFor(octets), octets);
    }

    static byte[] Unfold(byte[] octets) => octets.AsSpan().ContainsAny((byte)'\r', (byte)'\n') ? [.. octets.Where(b => b is not ((byte)'\r' or (byte)'\n'))] : octets;

    static string Composed(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return text;
        }
    }

    static byte[] Octets(string raw) => Encoding.UTF8.GetBytes(raw);

    static FrozenSet<string> Names(params string[] names) => names.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}

using Bastide.Mail.Mime;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Import;

/// <summary>What other programs note of a message, as keywords: in header fields of mbox files, in the names of Maildir files.</summary>
static class ImportedFlags
{
    const int MostHeader = 256 * 1024;
    const int MostKeywords = 50;
    static readonly string[] KeywordFields = ["X-Keywords", "X-Mozilla-Keys"];

    /// <summary>
    /// The keywords that <c>Status</c>, <c>X-Status</c>, <c>X-Keywords</c> (mutt, Dovecot, Cyrus), <c>X-Mozilla-Status</c>,
    /// <c>X-Mozilla-Keys</c> (Thunderbird) and <c>X-Gmail-Labels</c> say, and the mailbox that the labels say. A message of
    /// whose state nothing is said counts as seen.
    /// </summary>
    public static (IReadOnlyList<string> Keywords, IReadOnlyList<string>? Mailbox) FromHeader(Stream message)
    {
        var head = new byte[(int)Math.Min(MostHeader, message.Length)];
        message.Position = 0;
        var count = message.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        message.Position = 0;
        var fields = HeaderFields.Split(head.AsMemory(0, count));
        string? Value(string name) => fields.Find(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } field ? HeaderForms.AsText(field.Value) : null;
        if (Value("X-Gmail-Labels") is { } labels) return FromLabels(labels.Split(',', StringSplitOptions.TrimEntries));
        var (status, more, mozilla) = (Value("Status"), Value("X-Status"), Value("X-Mozilla-Status"));
        var keywords = new HashSet<string>(KeywordFields
            .SelectMany(name => (Value(name) ?? "").Split([' ', '\t', ','], StringSplitOptions.RemoveEmptyEntries))
            .Where(Store.Keywords.IsValid)
            .Select(Store.Keywords.Normalize)
            .Take(MostKeywords));
        if (status is null && more is null && mozilla is null) return ([.. keywords.Append("$seen")], null);
        if (status?.Contains('R', StringComparison.Ordinal) == true) keywords.Add("$seen");
        if (more?.Contains('A', StringComparison.Ordinal) == true) keywords.Add("$answered");
        if (more?.Contains('F', StringComparison.Ordinal) == true) keywords.Add("$flagged");
        if (more?.Contains('T', StringComparison.Ordinal) == true) keywords.Add("$draft");
        if (mozilla is not null && int.TryParse(mozilla, System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture, out var bits))
        {
            if ((bits & 0x0001) != 0) keywords.Add("$seen");
            if ((bits & 0x0002) != 0) keywords.Add("$answered");
            if ((bits & 0x0004) != 0) keywords.Add("$flagged");
            if ((bits & 0x1000) != 0) keywords.Add("$forwarded");
        }

        return ([.. keywords], null);
    }

    /// <summary>The keywords behind <c>:2,</c> in the name of a Maildir file.</summary>
    public static IReadOnlyList<string> FromFileName(string name)
    {
        var info = name.LastIndexOf(":2,", StringComparison.Ordinal) is >= 0 and var at ? name[(at + 3)..] : name.LastIndexOf("!2,", StringComparison.Ordinal) is >= 0 and var other ? name[(other + 3)..] : "";
        var keywords = new List<string>();
        if (info.Contains('S', StringComparison.Ordinal)) keywords.Add("$seen");
        if (info.Contains('R', StringComparison.Ordinal)) keywords.Add("$answered");
        if (info.Contains('F', StringComparison.Ordinal)) keywords.Add("$flagged");
        if (info.Contains('D', StringComparison.Ordinal)) keywords.Add("$draft");
        if (info.Contains('P', StringComparison.Ordinal)) keywords.Add("$forwarded");
        return keywords;
    }

    static (IReadOnlyList<string>, IReadOnlyList<string>?) FromLabels(string[] labels)
    {
        var keywords = new List<string>();
        if (!labels.Contains("Unread", StringComparer.OrdinalIgnoreCase)) keywords.Add("$seen");
        if (labels.Contains("Starred", StringComparer.OrdinalIgnoreCase)) keywords.Add("$flagged");
        if (labels.Contains("Drafts", StringComparer.OrdinalIgnoreCase)) keywords.Add("$draft");
        foreach (var known in new[] { "Inbox", "Sent", "Drafts", "Trash", "Spam" })
            if (labels.Contains(known, StringComparer.OrdinalIgnoreCase))
                return (keywords, [known]);
        var own = Array.Find(labels, label => label.Length > 0 && !Gmail.Contains(label, StringComparer.OrdinalIgnoreCase) && !label.StartsWith("Category", StringComparison.OrdinalIgnoreCase));
        return (keywords, own is null ? ["Archive"] : own.Split('/', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
    }

    static readonly string[] Gmail = ["Unread", "Starred", "Opened", "Important", "Archived", "Chat", "Chats"];
}

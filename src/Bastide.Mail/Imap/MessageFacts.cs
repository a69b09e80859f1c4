using Bastide.Mail.Mime;
using Bastide.Mail.Store;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Imap;

/// <summary>What a search knows of a message so far: its place, then what it says of itself, at last its text.</summary>
sealed class MessageFacts(Place place, IReadOnlyList<string>? keywords)
{
    static readonly string[] Common = ["SUBJECT", "FROM", "TO", "CC"];

    public Place Place => place;

    public MessageHeader? Header { get; set; }

    /// <summary>The header before it is read.</summary>
    public StoredHeader? Stored { get; init; }

    /// <summary>The fields as they stand in the message.</summary>
    public IReadOnlyList<HeaderField>? Fields { get; set; }

    /// <summary>The decoded text of the body.</summary>
    public string? Text { get; set; }

    public bool Has(string flag)
    {
        if (flag == ImapFlags.Deleted) return place.Flags.HasFlag(MessageFlags.Deleted);
        var keyword = ImapFlags.KeywordOf(flag)!;
        var bit = Keywords.FlagOf(keyword);
        return bit != MessageFlags.None ? place.Flags.HasFlag(bit) : keywords?.Contains(keyword) ?? false;
    }

    /// <summary>Whether the body may hold a text, as the index knows; null before the index was asked.</summary>
    public Func<string, bool>? MayHold { get; init; }

    /// <summary>Whether a field of this name holds the text; null when the message must be opened to tell.</summary>
    public bool? HeaderHolds(string field, string text)
    {
        if (Header is null) return IsStored(field) && Stored?.Holds(text) is false ? false : null;
        var stored = text.Length == 0 ? null : TextsOf(Header, field.ToUpperInvariant());
        if (stored is not null)
        {
            if (stored.Any(each => Contains(each, text))) return true;
            // What was stored is the whole, unless it is as long as it may be.
            if (stored.Count < MimeBounds.MaxListed && stored.All(each => each.Length < MimeBounds.MaxValue)) return false;
        }

        if (Fields is null) return null;
        return Fields.Any(each => each.Name.Equals(field, StringComparison.OrdinalIgnoreCase) && (text.Length == 0 || Contains(each.Value, text) || Contains(HeaderForms.AsText(each.Value), text)));
    }

    /// <summary>Whether the body holds the text, or the header does where that counts; null when the message must be opened to tell.</summary>
    public bool? Holds(string text, bool orHeader)
    {
        if (text.Length == 0) return true;
        if (orHeader && Header is not null && Common.Any(field => TextsOf(Header, field)!.Any(each => Contains(each, text)))) return true;
        if (orHeader && Fields?.Any(each => Contains($"{each.Name}: {each.Value}", text) || Contains(HeaderForms.AsText(each.Value), text)) == true) return true;
        var body = Text is not null ? Contains(Text, text) : MayHold?.Invoke(text) == false ? false : (bool?)null;
        return body is false && orHeader && Fields is null ? null : body;
    }

    /// <summary>
    /// What was stored of a field at arrival, decoded, as texts to look in; null where the field is not stored. An address
    /// is looked for by its name, by itself, and as both stand together.
    /// </summary>
    static List<string>? TextsOf(MessageHeader header, string field) => field switch
    {
        "SUBJECT" => [header.Subject ?? ""],
        "FROM" => Texts(header.From, header, "From"),
        "SENDER" => Texts(header.Sender, header, "Sender"),
        "REPLY-TO" => Texts(header.ReplyTo, header, "Reply-To"),
        "TO" => Texts(header.To, header, "To"),
        "CC" => Texts(header.Cc, header, "Cc"),
        "BCC" => Texts(header.Bcc, header, "Bcc"),
        "MESSAGE-ID" => Ids(header.MessageId),
        "IN-REPLY-TO" => Ids(header.InReplyTo),
        "REFERENCES" => Ids(header.References),
        _ => null,
    };

    static bool IsStored(string field) => field.ToUpperInvariant() is "SUBJECT" or "FROM" or "SENDER" or "REPLY-TO" or "TO" or "CC" or "BCC" or "MESSAGE-ID" or "IN-REPLY-TO" or "REFERENCES";

    static List<string> Texts(IReadOnlyList<MailAddress>? addresses, MessageHeader header, string field)
    {
        List<string> texts = [.. (addresses ?? []).Select(address => address.Name is null ? $"<{address.Email}>" : $"{address.Name} <{address.Email}>\n\"{address.Name}\" <{address.Email}>")];
        if (header.Groups?.GetValueOrDefault(field) is { } groups) texts.AddRange(groups.Select(group => $"{group.Group}:;"));
        return texts;
    }

    static List<string> Ids(IReadOnlyList<string>? ids) => [.. (ids ?? []).Select(id => $"<{id}>")];

    static bool Contains(string whole, string text) => whole.Contains(text, StringComparison.OrdinalIgnoreCase);
}

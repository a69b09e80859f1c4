using Bastide.Mail.Mime;
using Bastide.Mail.Store;

namespace Bastide.Mail.Imap;

/// <summary>What a search knows of a message so far: its place, then what it says of itself, at last its text.</summary>
sealed class MessageFacts(Place place, IReadOnlyList<string>? keywords)
{
    public Place Place => place;

    public MessageHeader? Header { get; init; }

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

    /// <summary>Whether a field of this name holds the text; null when the message must be opened to tell.</summary>
    public bool? HeaderHolds(string field, string text)
    {
        if (Header is null) return null;
        if (text.Length > 0)
        {
            switch (field.ToUpperInvariant())
            {
                case "SUBJECT":
                    return Contains(Header.Subject, text);
                case "FROM" when Contains(Header.From, text):
                case "TO" when Contains(Header.To, text):
                case "CC" when Contains(Header.Cc, text):
                case "BCC" when Contains(Header.Bcc, text):
                    return true;
            }
        }

        if (Fields is null) return null;
        return Fields.Any(each => each.Name.Equals(field, StringComparison.OrdinalIgnoreCase) && (text.Length == 0 || Contains(each.Value, text) || Contains(HeaderForms.AsText(each.Value), text)));
    }

    /// <summary>Whether the body holds the text, or the header does where that counts; null when the message must be opened to tell.</summary>
    public bool? Holds(string text, bool orHeader)
    {
        if (text.Length == 0) return true;
        if (orHeader && Header is not null && Contains(Header.Subject, text)) return true;
        if (Text is null) return null;
        return Contains(Text, text) || (orHeader && Fields!.Any(each => Contains($"{each.Name}: {each.Value}", text) || Contains(HeaderForms.AsText(each.Value), text)));
    }

    static bool Contains(IReadOnlyList<MailAddress>? addresses, string text) =>
        addresses is not null && addresses.Any(address => Contains(address.Name, text) || Contains(address.Email, text));

    static bool Contains(string? whole, string text) => whole is not null && whole.Contains(text, StringComparison.OrdinalIgnoreCase);
}

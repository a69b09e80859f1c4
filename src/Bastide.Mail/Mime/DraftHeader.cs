namespace Bastide.Mail.Mime;

/// <summary>A header field to be written (RFC 8621 §4.6), in the form it was given.</summary>
public sealed record DraftHeader
{
    DraftHeader(string name, HeaderForm form, object value) => (Name, Form, Value) = (name, form, value);

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The form of its value.</summary>
    public HeaderForm Form { get; }

    internal object Value { get; }

    /// <summary>A value that is written as it stands.</summary>
    public static DraftHeader Raw(string name, string value) => new(name, HeaderForm.Raw, value);

    /// <summary>A text that is encoded and folded as needed.</summary>
    public static DraftHeader Text(string name, string value) => new(name, HeaderForm.Text, value);

    /// <summary>Addresses.</summary>
    public static DraftHeader Addresses(string name, IReadOnlyList<MailAddress> value) => new(name, HeaderForm.Addresses, value);

    /// <summary>Addresses in groups.</summary>
    public static DraftHeader GroupedAddresses(string name, IReadOnlyList<AddressGroup> value) => new(name, HeaderForm.GroupedAddresses, value);

    /// <summary>Ids without angle brackets.</summary>
    public static DraftHeader MessageIds(string name, IReadOnlyList<string> value) => new(name, HeaderForm.MessageIds, value);

    /// <summary>A date.</summary>
    public static DraftHeader Date(string name, DateTimeOffset value) => new(name, HeaderForm.Date, value);

    /// <summary>URLs without angle brackets.</summary>
    public static DraftHeader Urls(string name, IReadOnlyList<string> value) => new(name, HeaderForm.Urls, value);
}

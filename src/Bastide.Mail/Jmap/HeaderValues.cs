using System.Text.Json.Nodes;
using Bastide.Mail.Mime;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary>Writes values of header fields in the forms of RFC 8621 §4.1.2.</summary>
static class HeaderValues
{
    /// <summary>What a property that stands for a header field is, given the fields of the message or part.</summary>
    public static JsonNode? Of(IReadOnlyList<HeaderField> fields, HeaderProperty property)
    {
        if (property.All)
            return new JsonArray([.. Instances(fields, property).Select(field => Write(field.Value, property.Form))]);
        return Instances(fields, property).LastOrDefault() is { } last ? Write(last.Value, property.Form) : null;
    }

    /// <summary>The <c>EmailHeader[]</c> of all fields.</summary>
    public static JsonArray All(IReadOnlyList<HeaderField> fields) =>
        new([.. fields.Select(field => new JsonObject { ["name"] = field.Name, ["value"] = field.Value })]);

    public static JsonArray? Addresses(IReadOnlyList<MailAddress>? addresses) =>
        addresses is null ? null : new([.. addresses.Select(Address)]);

    static JsonNode? Write(string raw, HeaderForm form) => form switch
    {
        HeaderForm.Text => HeaderForms.AsText(raw),
        HeaderForm.Addresses => Addresses(HeaderForms.AsAddresses(raw)),
        HeaderForm.GroupedAddresses => Groups(HeaderForms.AsGroupedAddresses(raw)),
        HeaderForm.MessageIds => JsonValues.Texts(HeaderForms.AsMessageIds(raw)),
        HeaderForm.Date => HeaderForms.AsDate(raw) is { } date ? JmapDates.Write(date) : null,
        HeaderForm.Urls => JsonValues.Texts(HeaderForms.AsUrls(raw)),
        _ => raw,
    };

    static JsonObject Address(MailAddress address) => new() { ["name"] = address.Name, ["email"] = address.Email };

    static JsonArray Groups(IReadOnlyList<AddressGroup> groups) =>
        new([.. groups.Select(group => new JsonObject { ["name"] = group.Name, ["addresses"] = Addresses(group.Addresses) })]);

    static IEnumerable<HeaderField> Instances(IReadOnlyList<HeaderField> fields, HeaderProperty property) =>
        fields.Where(field => field.Name.Equals(property.Name, StringComparison.OrdinalIgnoreCase));
}

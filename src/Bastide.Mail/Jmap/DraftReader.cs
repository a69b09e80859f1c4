using System.Text.Json.Nodes;
using Bastide.Mail.Mime;
using Bastide.Platform.Blobs;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary>
/// Reads an Email object to be created into the message to build and where it goes. Every property at fault is named.
/// RFC 8621 §4.6.
/// </summary>
sealed class DraftReader
{
    readonly InvalidProperties _invalid = new();
    readonly List<DraftHeader> _headers = [];
    readonly HashSet<string> _fields = new(StringComparer.OrdinalIgnoreCase);
    readonly JsonObject _email;
    readonly DraftParts _parts;

    public DraftReader(JsonObject email, CreatedIds created)
    {
        _email = email;
        if (email["bodyValues"] is not (null or JsonObject)) _invalid.Add("bodyValues", "it is an object of values by partId.");
        _parts = new DraftParts(email["bodyValues"] as JsonObject, _invalid);
        MailboxIds = IdSets.Mailboxes(email["mailboxIds"], created, _invalid) ?? [];
        Keywords = IdSets.Keywords(email["keywords"], _invalid);
        if (email["receivedAt"] is { } receivedAt && (ReceivedAt = JmapDates.ReadUtc(receivedAt.AsText())) is null)
            _invalid.Add("receivedAt", "it is a date in UTC, as 2026-11-23T09:30:00Z.");
        foreach (var (name, value) in email) ReadProperty(name, value);
        Body = ReadBody();
    }

    public IReadOnlyList<long> MailboxIds { get; }

    public IReadOnlyList<string> Keywords { get; }

    public DateTimeOffset? ReceivedAt { get; }

    /// <summary>The blobs its parts are made of.</summary>
    public IReadOnlyDictionary<BlobId, int> Blobs => _parts.Blobs;

    /// <summary>Ids of blobs that cannot be.</summary>
    public IReadOnlyCollection<string> MissingBlobs => _parts.MissingBlobs;

    /// <summary>What is wrong with it, or null.</summary>
    public SetError? Error => _invalid.Any ? _invalid.ToError() : null;

    /// <summary>The message, when nothing is wrong.</summary>
    public DraftMessage Message => new() { Headers = _headers, Body = Body ?? throw new InvalidOperationException("The draft has faults.") };

    DraftPart? Body { get; }

    void ReadProperty(string name, JsonNode? value)
    {
        if (HeaderProperty.Convenience.TryGetValue(name, out var header)) ReadHeader(name, header, value);
        else if (name.StartsWith(HeaderProperty.Prefix, StringComparison.Ordinal)) ReadHeader(name, HeaderProperty.Parse(name), value);
        else if (name is "headers") _invalid.Add(name, "header fields are given one by one (header:Name).");
        else if (name is "mailboxIds" or "keywords" or "receivedAt" or "bodyStructure" or "bodyValues" or "textBody" or "htmlBody" or "attachments") return;
        else _invalid.Add(name, EmailProperties.Exists(name) ? "the server sets it." : "there is no such property.");
    }

    void ReadHeader(string property, HeaderProperty? header, JsonNode? value)
    {
        if (header is null) _invalid.Add(property, "there is no such header property, or not in that form.");
        else if (header.Name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)) _invalid.Add(property, "it belongs on a body part.");
        else if (!_fields.Add(header.Name)) _invalid.Add(property, $"the header field {header.Name} is given twice.");
        else if (HeaderValueReader.Read(header, value) is { } fields) _headers.AddRange(fields);
        else _invalid.Add(property, "the value is not of the property's form.");
    }

    DraftPart? ReadBody()
    {
        if (_email["bodyStructure"] is not { } structure)
            return DraftPart.Compose(ReadOnly("textBody", "text/plain"), ReadOnly("htmlBody", "text/html"), ReadAttachments());
        foreach (var other in (string[])["textBody", "htmlBody", "attachments"])
            if (_email[other] is not null)
                _invalid.Add(other, "it is not given with bodyStructure.");
        return _parts.Read(structure, "bodyStructure", taken: _fields);
    }

    /// <summary>The one part of <c>textBody</c> or <c>htmlBody</c>.</summary>
    DraftPart? ReadOnly(string name, string type)
    {
        if (_email[name] is not { } node) return null;
        if (node is JsonArray { Count: 1 } array) return _parts.Read(array[0], $"{name}/0", type);
        _invalid.Add(name, $"it is a list of one part of type {type}.");
        return null;
    }

    List<DraftPart> ReadAttachments()
    {
        var attachments = new List<DraftPart>();
        if (_email["attachments"] is not { } node) return attachments;
        if (node is not JsonArray array)
        {
            _invalid.Add("attachments", "it is a list of parts.");
            return attachments;
        }

        for (var i = 0; i < array.Count; i++)
        {
            if (array[i] is JsonObject attachment && attachment["subParts"] is not null) _invalid.Add($"attachments/{i}/subParts", "an attachment has no parts; use bodyStructure.");
            else if (_parts.Read(array[i], $"attachments/{i}") is { } part) attachments.Add(part);
        }

        return attachments;
    }
}

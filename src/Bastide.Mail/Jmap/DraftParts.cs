using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Bastide.Mail.Mime;
using Bastide.Platform.Blobs;
using Bastide.Protocols.Jmap;
using MimeKit;

namespace Bastide.Mail.Jmap;

/// <summary>Reads the EmailBodyPart objects of an Email to be created. RFC 8621 §4.6.</summary>
sealed partial class DraftParts(JsonObject? bodyValues, InvalidProperties invalid)
{
    const int MostParts = 1000;
    const int Deepest = 20;
    const int LongestText = 1000;
    const string ContentTypeField = "Content-Type";

    /// <summary>The header fields that properties of a part stand for: a part names each once.</summary>
    static readonly Dictionary<string, string[]> FieldsOf = new(StringComparer.Ordinal)
    {
        ["type"] = ["Content-Type"],
        ["charset"] = ["Content-Type"],
        ["name"] = ["Content-Disposition"],
        ["disposition"] = ["Content-Disposition"],
        ["cid"] = ["Content-Id"],
        ["language"] = ["Content-Language"],
        ["location"] = ["Content-Location"],
    };

    readonly Dictionary<BlobId, int> _blobs = [];
    int _count;

    /// <summary>The blobs the parts are made of, and how many parts each makes.</summary>
    public IReadOnlyDictionary<BlobId, int> Blobs => _blobs;

    /// <summary>One part at a property path. A fault is noted and null answered.</summary>
    /// <param name="node">The object.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="required">The media type it must have, or null.</param>
    /// <param name="taken">Header fields that the message already has, for the root of <c>bodyStructure</c>.</param>
    /// <param name="depth">How many parts it is in.</param>
    public DraftPart? Read(JsonNode? node, string path, string? required = null, IReadOnlySet<string>? taken = null, int depth = 0)
    {
        if (node is not JsonObject part)
        {
            invalid.Add(path, "a body part is an object.");
            return null;
        }

        if (++_count > MostParts || depth > Deepest)
        {
            invalid.Add(path, $"an email has at most {MostParts} parts, {Deepest} deep.");
            return null;
        }

        CheckNames(part, path);
        var subParts = ReadSubParts(part["subParts"], path, depth);
        var partId = Text(part, "partId", path);
        var blob = ReadBlob(part["blobId"], path);
        var contentType = ReadContentType(part, path);
        var type = contentType?.MimeType.ToLowerInvariant() ?? ReadType(part["type"], path, subParts is not null, partId is not null, required);
        if (contentType is not null && (contentType.MediaType == "multipart" || type != (required ?? type))) invalid.Add($"{path}/{ContentTypeField}", "it is of another type than the part.");
        var text = partId is null ? null : ReadValue(partId, part, path);
        CheckContent(part, path, subParts is not null, type);
        var headers = ReadHeaders(part, path, taken);
        if (contentType is not null)
        {
            // The text is written in UTF-8, whatever the field says.
            if (partId is not null) contentType.Charset = "utf-8";
            headers.Add(DraftHeader.Raw(ContentTypeField, contentType.ToString(Encoding.UTF8, encode: true)[(ContentTypeField.Length + 1)..]));
        }

        return new DraftPart
        {
            Type = type,
            Text = text,
            Blob = blob,
            SubParts = subParts,
            Charset = Token(part, "charset", path),
            Disposition = Token(part, "disposition", path)?.ToLowerInvariant(),
            Name = Text(part, "name", path),
            Cid = ReadCid(part["cid"], path),
            Location = Text(part, "location", path),
            Language = ReadLanguage(part["language"], path),
            Headers = headers,
        };
    }

    void CheckNames(JsonObject part, string path)
    {
        foreach (var (name, _) in part)
        {
            if (name is "partId" or "blobId" or "size" or "subParts" || FieldsOf.ContainsKey(name) || name.StartsWith(HeaderProperty.Prefix, StringComparison.Ordinal)) continue;
            invalid.Add($"{path}/{name}", name == "headers" ? "header fields are given one by one (header:Name)." : "there is no such property.");
        }
    }

    void CheckContent(JsonObject part, string path, bool hasSubParts, string type)
    {
        var contents = (part["partId"] is null ? 0 : 1) + (part["blobId"] is null ? 0 : 1);
        if (type.StartsWith("multipart/", StringComparison.Ordinal) != hasSubParts)
            invalid.Add($"{path}/subParts", "a multipart has parts, and nothing else has.");
        else if (contents != (hasSubParts ? 0 : 1))
            invalid.Add($"{path}/partId", hasSubParts ? "a multipart has no content of its own." : "a part has a partId or a blobId.");
        if (part["partId"] is null) return;
        if (part["charset"] is not null) invalid.Add($"{path}/charset", "the server chooses it for a part of bodyValues.");
        if (part["size"] is not null) invalid.Add($"{path}/size", "it is not given with a partId.");
        if (!type.StartsWith("text/", StringComparison.Ordinal)) invalid.Add($"{path}/type", "a part of bodyValues is text.");
    }

    List<DraftPart>? ReadSubParts(JsonNode? node, string path, int depth)
    {
        if (node is null) return null;
        if (node is not JsonArray { Count: > 0 } array)
        {
            invalid.Add($"{path}/subParts", "it is a list of at least one part.");
            return null;
        }

        var parts = new List<DraftPart>();
        for (var i = 0; i < array.Count; i++)
        {
            if (_count > MostParts) break;
            if (Read(array[i], $"{path}/subParts/{i}", depth: depth + 1) is { } part) parts.Add(part);
        }

        return parts;
    }

    BlobId? ReadBlob(JsonNode? node, string path)
    {
        if (node is null) return null;
        if (!BlobId.TryParse(node.AsText(), null, out var blob))
        {
            if (node.AsText() is { } unknown) MissingBlobs.Add(unknown);
            else invalid.Add($"{path}/blobId", "it is an id.");
            return null;
        }

        _blobs[blob] = _blobs.GetValueOrDefault(blob) + 1;
        return blob;
    }

    /// <summary>Ids that name no blob that could be: answered as <c>blobNotFound</c>.</summary>
    public HashSet<string> MissingBlobs { get; } = new(StringComparer.Ordinal);

    string ReadType(JsonNode? node, string path, bool isMultipart, bool isText, string? required)
    {
        var otherwise = required ?? (isMultipart ? "multipart/mixed" : isText ? "text/plain" : "application/octet-stream");
        if (node is null) return otherwise;
        var type = node.AsText()?.ToLowerInvariant();
        if (type is not null && MediaType().IsMatch(type) && (required is null || type == required)) return type;
        invalid.Add($"{path}/type", required is null ? "it is a media type, as text/plain." : $"it is {required} here.");
        return otherwise;
    }

    string ReadValue(string partId, JsonObject part, string path)
    {
        if (bodyValues?[partId] is not JsonObject value || value["value"].AsText() is not { } text)
        {
            invalid.Add($"{path}/partId", "bodyValues holds no value of this name.");
            return "";
        }

        foreach (var flag in (string[])["isEncodingProblem", "isTruncated"])
            if (value[flag] is { } given && given.AsFlag() is not false)
                invalid.Add($"bodyValues/{partId}/{flag}", "it is false in a value that is given.");
        return text;
    }

    string? ReadCid(JsonNode? node, string path)
    {
        if (node is null) return null;
        if (node.AsText() is { Length: > 0 and <= LongestText } cid && !cid.Any(c => c is '<' or '>' or ' ' || char.IsControl(c))) return cid;
        invalid.Add($"{path}/cid", "it is a content id without angle brackets.");
        return null;
    }

    List<string>? ReadLanguage(JsonNode? node, string path)
    {
        if (node is null) return null;
        if (node is JsonArray { Count: <= 20 } array && array.All(tag => tag.AsText() is { } text && LanguageTag().IsMatch(text)))
            return [.. array.Select(tag => tag.AsText()!)];
        invalid.Add($"{path}/language", "it is a list of language tags.");
        return null;
    }

    /// <summary>A whole Content-Type field, for parameters that no property has (<c>method=REQUEST</c>).</summary>
    ContentType? ReadContentType(JsonObject part, string path)
    {
        var (name, value) = part.FirstOrDefault(p => HeaderProperty.Parse(p.Key)?.Name.Equals(ContentTypeField, StringComparison.OrdinalIgnoreCase) == true);
        if (value is null) return null;
        if (HeaderProperty.Parse(name) is { Form: HeaderForm.Raw, All: false } && value.AsText() is { Length: <= LongestText } text && ContentType.TryParse(text, out var type)) return type;
        invalid.Add($"{path}/{name}", "it is a media type with its parameters.");
        return null;
    }

    List<DraftHeader> ReadHeaders(JsonObject part, string path, IReadOnlySet<string>? taken)
    {
        var own = FieldsOf.Where(f => part[f.Key] is not null).SelectMany(f => f.Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var fields = new List<DraftHeader>();
        foreach (var (name, value) in part.Where(p => p.Key.StartsWith(HeaderProperty.Prefix, StringComparison.Ordinal)))
        {
            var property = HeaderProperty.Parse(name);
            if (property is null) invalid.Add($"{path}/{name}", "there is no such header property, or not in that form.");
            else if (property.Name.Equals("Content-Transfer-Encoding", StringComparison.OrdinalIgnoreCase)) invalid.Add($"{path}/{name}", "the server chooses it.");
            else if (!own.Add(property.Name) || taken?.Contains(property.Name) == true) invalid.Add($"{path}/{name}", "this header field is given twice.");
            else if (property.Name.Equals(ContentTypeField, StringComparison.OrdinalIgnoreCase)) continue;
            else if (HeaderValueReader.Read(property, value) is { } read) fields.AddRange(read);
            else invalid.Add($"{path}/{name}", "the value is not of the property's form.");
        }

        return fields;
    }

    string? Text(JsonObject part, string name, string path)
    {
        if (part[name] is not { } node) return null;
        if (node.AsText() is { Length: <= LongestText } text && !text.Any(char.IsControl)) return text;
        invalid.Add($"{path}/{name}", $"it is a text of at most {LongestText} characters.");
        return null;
    }

    string? Token(JsonObject part, string name, string path)
    {
        if (part[name] is not { } node) return null;
        if (node.AsText() is { } text && MimeToken().IsMatch(text)) return text;
        invalid.Add($"{path}/{name}", "it is one word.");
        return null;
    }

    [GeneratedRegex(@"^[a-z0-9!#$&^_.+-]{1,127}/[a-z0-9!#$&^_.+-]{1,127}\z")]
    private static partial Regex MediaType();

    [GeneratedRegex(@"^[A-Za-z0-9!#$&^_.+:-]{1,127}\z")]
    private static partial Regex MimeToken();

    [GeneratedRegex(@"^[A-Za-z0-9-]{1,64}\z")]
    private static partial Regex LanguageTag();
}

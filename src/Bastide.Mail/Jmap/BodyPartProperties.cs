using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Bastide.Mail.Mime;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary>The properties asked of each EmailBodyPart, and how they are written. RFC 8621 §4.1.4.</summary>
sealed class BodyPartProperties
{
    const string Headers = "headers";
    const string SubParts = "subParts";

    static readonly FrozenDictionary<string, Func<BodyPart, JsonNode?>> Writers = new Dictionary<string, Func<BodyPart, JsonNode?>>
    {
        ["partId"] = part => part.PartId,
        ["blobId"] = part => part.BlobId?.ToString(),
        ["size"] = part => part.Size,
        ["name"] = part => part.Name,
        ["type"] = part => part.Type,
        ["charset"] = part => part.Charset,
        ["disposition"] = part => part.Disposition,
        ["cid"] = part => part.Cid,
        ["language"] = part => JsonValues.Texts(part.Language),
        ["location"] = part => part.Location,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    readonly List<string> _plain = [];
    readonly Dictionary<string, HeaderProperty> _headers = new(StringComparer.Ordinal);
    readonly bool _withHeaders;
    readonly bool _withSubParts;

    BodyPartProperties(IEnumerable<string> names, bool withSubParts)
    {
        _withSubParts = withSubParts;
        foreach (var name in names.Distinct(StringComparer.Ordinal))
        {
            if (Writers.ContainsKey(name)) _plain.Add(name);
            else if (name == Headers) _withHeaders = true;
            else if (name == SubParts) _withSubParts = true;
            else if (HeaderProperty.Parse(name) is { } header) _headers[name] = header;
            else throw JmapException.InvalidArguments($"\"{name}\" is not a property of a body part.");
        }
    }

    /// <summary>What is given where nothing is asked; a structure then shows its parts, for without them it says nothing.</summary>
    public static BodyPartProperties Default { get; } =
        new(["partId", "blobId", "size", "name", "type", "charset", "disposition", "cid", "language", "location"], withSubParts: true);

    /// <summary>Whether the header of each part is needed.</summary>
    public bool NeedFields => _withHeaders || _headers.Count > 0;

    /// <summary>Reads the argument <c>bodyProperties</c>; throws <c>invalidArguments</c> for a property that there is not.</summary>
    public static BodyPartProperties Parse(IEnumerable<string> names) => new(names, withSubParts: false);

    /// <summary>A flat list of parts.</summary>
    public JsonArray Write(IReadOnlyList<BodyPart> parts, IReadOnlyDictionary<BodyPart, IReadOnlyList<HeaderField>> fields) =>
        new([.. parts.Select(part => WriteOne(part, fields))]);

    /// <summary>A part with those below it.</summary>
    public JsonObject WriteTree(BodyPart part, IReadOnlyDictionary<BodyPart, IReadOnlyList<HeaderField>> fields)
    {
        var written = WriteOne(part, fields);
        if (_withSubParts && part.SubParts is { } subParts)
            written[SubParts] = new JsonArray([.. subParts.Select(sub => WriteTree(sub, fields))]);
        return written;
    }

    JsonObject WriteOne(BodyPart part, IReadOnlyDictionary<BodyPart, IReadOnlyList<HeaderField>> fields)
    {
        var written = new JsonObject();
        foreach (var name in _plain) written[name] = Writers[name](part);
        if (!NeedFields) return written;
        var own = fields.TryGetValue(part, out var found) ? found : [];
        if (_withHeaders) written[Headers] = HeaderValues.All(own);
        foreach (var (name, header) in _headers) written[name] = HeaderValues.Of(own, header);
        return written;
    }
}

using System.Text.Json.Nodes;
using Bastide.Mail.Mime;
using Bastide.Platform.Blobs;

namespace Bastide.Mail.Jmap;

/// <summary>An Email object to be written: of the store (Email/get) or of a blob (Email/parse, without what only the store knows).</summary>
sealed class EmailView
{
    static readonly IReadOnlyDictionary<BodyPart, IReadOnlyList<HeaderField>> NoFields =
        new Dictionary<BodyPart, IReadOnlyList<HeaderField>>(ReferenceEqualityComparer.Instance);

    public EmailView(Message message)
    {
        Stored = message;
        Blob = message.Blob;
        Size = message.Size;
        Header = message.Header;
        Structure = message.Structure;
        HasAttachment = message.HasAttachment;
        Preview = message.Preview;
    }

    public EmailView(ParsedMessage message)
    {
        Blob = message.Blob.Id;
        Size = message.Blob.Size;
        Header = message.Header;
        Structure = message.Structure;
        HasAttachment = message.HasAttachment;
        Preview = message.Preview;
    }

    /// <summary>What the store knows of it; null for Email/parse.</summary>
    public Message? Stored { get; }

    public BlobId Blob { get; }

    public long Size { get; }

    public MessageHeader Header { get; }

    public BodyPart? Structure { get; }

    public bool HasAttachment { get; }

    public string Preview { get; }

    /// <summary>The fields of the message's own header, where they were asked for.</summary>
    public IReadOnlyList<HeaderField> Fields { get; set; } = [];

    /// <summary>The fields of each part's header, where they were asked for; told apart by reference.</summary>
    public IReadOnlyDictionary<BodyPart, IReadOnlyList<HeaderField>> PartFields { get; set; } = NoFields;

    /// <summary>The values asked for, by part.</summary>
    public Dictionary<string, BodyValue> Values { get; } = new(StringComparer.Ordinal);

    public string? SafeHtml { get; set; }

    public EmailBodies Bodies => field ??= RequiredStructure.Bodies();

    public BodyPart RequiredStructure => Structure ?? throw new InvalidOperationException("The structure was not loaded.");

    /// <summary>The <c>bodyValues</c> object.</summary>
    public JsonObject WriteValues()
    {
        var written = new JsonObject();
        foreach (var (part, value) in Values)
            written[part] = new JsonObject { ["value"] = value.Value, ["isEncodingProblem"] = value.IsEncodingProblem, ["isTruncated"] = value.IsTruncated };
        return written;
    }
}

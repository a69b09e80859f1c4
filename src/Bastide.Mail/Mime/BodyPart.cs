using System.Text.Json.Serialization;
using Bastide.Platform.Blobs;

namespace Bastide.Mail.Mime;

/// <summary>
/// A part of a message with all that EmailBodyPart (RFC 8621 §4.1.4) and the IMAP BODYSTRUCTURE (RFC 9051 §7.5.2) say
/// of it, and where it stands in the message, so that it is read without parsing the whole again.
/// </summary>
public sealed record BodyPart
{
    /// <summary>Its name within the message, <c>1.2</c> as in IMAP; null for a multipart.</summary>
    public string? PartId { get; init; }

    /// <summary>The name of its decoded octets; null for a multipart.</summary>
    [JsonIgnore]
    public BlobId? BlobId { get; init; }

    /// <summary>The stored form of <see cref="BlobId"/>.</summary>
    [JsonInclude, JsonPropertyName("blob")]
    internal byte[]? Hash
    {
        get => BlobId?.Hash.ToArray();
        init => BlobId = value is null ? null : new BlobId(value);
    }

    /// <summary>How many decoded octets it has.</summary>
    public long Size { get; init; }

    /// <summary>The media type in lower case, without parameters.</summary>
    public required string Type { get; init; }

    /// <summary>The <c>charset</c> as written; <c>us-ascii</c> where a text says none; null for what is not text.</summary>
    public string? Charset { get; init; }

    /// <summary>The Content-Disposition in lower case, or null.</summary>
    public string? Disposition { get; init; }

    /// <summary>The file name, decoded, or null.</summary>
    public string? Name { get; init; }

    /// <summary>The Content-ID without angle brackets, or null.</summary>
    public string? Cid { get; init; }

    /// <summary>The Content-Location, or null.</summary>
    public string? Location { get; init; }

    /// <summary>The Content-Language tags, or null.</summary>
    public IReadOnlyList<string>? Language { get; init; }

    /// <summary>The parts of a multipart; null for any other part.</summary>
    public IReadOnlyList<BodyPart>? SubParts { get; init; }

    /// <summary>The content transfer encoding in lower case.</summary>
    public string Encoding { get; init; } = "7bit";

    /// <summary>The Content-Description, or null.</summary>
    public string? Description { get; init; }

    /// <summary>The Content-MD5, or null.</summary>
    public string? Md5 { get; init; }

    /// <summary>The Content-Type parameters in their order, names in lower case.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? TypeParameters { get; init; }

    /// <summary>The Content-Disposition parameters in their order, names in lower case.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? DispositionParameters { get; init; }

    /// <summary>How many lines the body has as it stands in the message.</summary>
    public int Lines { get; init; }

    /// <summary>Where its header begins in the message.</summary>
    public long HeaderStart { get; init; }

    /// <summary>Where its body begins, behind the empty line.</summary>
    public long BodyStart { get; init; }

    /// <summary>Where its body ends; the line break before a boundary is not part of it.</summary>
    public long BodyEnd { get; init; }

    /// <summary>Of a <c>message/rfc822</c>: the header of the message inside.</summary>
    public MessageHeader? EmbeddedHeader { get; init; }

    /// <summary>Of a <c>message/rfc822</c>: the parts of the message inside. RFC 8621 shows it as one leaf.</summary>
    public BodyPart? Embedded { get; init; }

    /// <summary>Whether it is a multipart.</summary>
    [JsonIgnore]
    public bool IsMultipart => SubParts is not null;

    /// <summary>The leaves in the order they stand, of this message only: not those of a message inside.</summary>
    public IEnumerable<BodyPart> Leaves()
    {
        var open = new Stack<BodyPart>();
        open.Push(this);
        while (open.TryPop(out var part))
        {
            if (part.SubParts is null) yield return part;
            else
                for (var i = part.SubParts.Count - 1; i >= 0; i--)
                    open.Push(part.SubParts[i]);
        }
    }

    /// <summary>The part of this name, or null.</summary>
    public BodyPart? Find(string partId) => Leaves().FirstOrDefault(part => part.PartId == partId);

    /// <summary>What to show as text and as HTML, and what to offer as attachments (RFC 8621 §4.1.4).</summary>
    public EmailBodies Bodies() => BodySelection.Of(this);
}

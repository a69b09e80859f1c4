using Bastide.Mail.Mime;
using Bastide.Platform.Blobs;

namespace Bastide.Mail;

/// <summary>What is known of a message from its bytes alone: made once, and stored with every copy of it.</summary>
public sealed record ParsedMessage
{
    /// <summary>Its bytes.</summary>
    public required StoredBlob Blob { get; init; }

    /// <summary>What its header says.</summary>
    public required MessageHeader Header { get; init; }

    /// <summary>Its parts.</summary>
    public required BodyPart Structure { get; init; }

    /// <summary>Up to 256 characters of its text (RFC 8621 §4.1.4).</summary>
    public required string Preview { get; init; }

    /// <summary>Whether a list shows a paper clip.</summary>
    public bool HasAttachment { get; init; }

    /// <summary>Whether it went beyond every bound or has no header at all; then it is shown as its raw text.</summary>
    public bool IsBroken { get; init; }
}

using Bastide.Mail.Mime;
using Bastide.Platform.Blobs;

namespace Bastide.Mail.Store;

/// <summary>A message with what it says of itself.</summary>
sealed record StoredMessage(MessageRow Row, MessageHeader Header, string Preview, BodyPart? Structure)
{
    /// <summary>As it was when it was read at arrival; its parts must have been asked for.</summary>
    public ParsedMessage AsParsed() => new()
    {
        Blob = new StoredBlob(Row.Blob, Row.Size),
        Header = Header,
        Structure = Structure ?? throw new InvalidOperationException("The message was read without its parts."),
        Preview = Preview,
        HasAttachment = Row.HasAttachment,
    };
}

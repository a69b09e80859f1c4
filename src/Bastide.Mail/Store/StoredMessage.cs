using Bastide.Mail.Mime;

namespace Bastide.Mail.Store;

/// <summary>A message with what it says of itself.</summary>
sealed record StoredMessage(MessageRow Row, MessageHeader Header, string Preview, BodyPart? Structure);

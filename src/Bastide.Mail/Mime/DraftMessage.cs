namespace Bastide.Mail.Mime;

/// <summary>A message to be written (RFC 8621 §4.6).</summary>
public sealed record DraftMessage
{
    /// <summary>Its fields but those of the body, in their order.</summary>
    public IReadOnlyList<DraftHeader> Headers { get; init; } = [];

    /// <summary>Its body.</summary>
    public required DraftPart Body { get; init; }
}

namespace Bastide.Mail.Import;

/// <summary>A message found in a source: its octets with CRLF line ends, and what the source knows of it.</summary>
sealed record ImportedMessage(Stream Content, IReadOnlyList<string> Mailbox, DateTimeOffset? ReceivedAt, IReadOnlyList<string> Keywords) : IAsyncDisposable
{
    /// <summary>Where it stands on another server, or null.</summary>
    public ImportMark? Mark { get; init; }

    public ValueTask DisposeAsync() => Content.DisposeAsync();
}

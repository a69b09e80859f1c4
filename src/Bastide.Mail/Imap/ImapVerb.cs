namespace Bastide.Mail.Imap;

/// <summary>A verb of IMAP.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Handle">Serves a command of it.</param>
/// <param name="States">When it may be said.</param>
sealed record ImapVerb(string Name, Func<ImapSession, ImapCommand, ValueTask> Handle, ImapStates States)
{
    /// <summary>Whether messages may be told to be gone while it is served: not where the client speaks of their numbers (RFC 9051 §7.5.1), nor while it still learns them.</summary>
    public bool MayExpunge { get; init; } = true;

    /// <summary>Whether it removes messages: what is gone by it is told also to a client that asked to be told nothing (RFC 5465).</summary>
    public bool Removes { get; init; }

    /// <summary>Whether it takes or gives message numbers, for which there is the same verb with <c>UID</c> before it.</summary>
    public bool TakesNumbers { get; init; }

    /// <summary>Whether it reads the octets of messages itself, as they come.</summary>
    public bool Streams { get; init; }
}

using Bastide.Platform.Limits;

namespace Bastide.Mail.Imap;

/// <summary>
/// How much one peer may ask of IMAP. The bounds of one connection hold always; what <see cref="Limiter"/> counts is off
/// under <c>BASTIDE_TEST__NOLIMITS</c>.
/// </summary>
sealed record ImapLimits
{
    /// <summary>Connections at once from one address; an office has many programs behind one.</summary>
    public ConcurrencyLimit Connections { get; init; } = new("imap-connections", 1000);

    /// <summary>Connections at once altogether.</summary>
    public ConcurrencyLimit AllConnections { get; init; } = new("imap-all-connections", 20_000);

    /// <summary>Connections of one account.</summary>
    public ConcurrencyLimit AccountConnections { get; init; } = new("imap-account-connections", 100);

    /// <summary>New connections from one address.</summary>
    public RateLimit Connects { get; init; } = new("imap-connects", 2000, 200);

    /// <summary>Octets of a command with its literals before signing in: a name, a password or a token.</summary>
    public int CommandBeforeSignIn { get; init; } = 12 * 1024;

    /// <summary>Octets of a command with its literals, those of messages apart.</summary>
    public int Command { get; init; } = 256 * 1024;

    /// <summary>Octets of a message (RFC 7889).</summary>
    public long MessageSize { get; init; } = 50L * 1024 * 1024;

    /// <summary>Messages of one APPEND (RFC 3502).</summary>
    public int AppendedMessages { get; init; } = 1000;

    /// <summary>Refused commands in a row, before and after signing in.</summary>
    public int Errors { get; init; } = 50;

    /// <summary>Failed sign-ins in one connection.</summary>
    public int FailedSignIns { get; init; } = 5;

    /// <summary>How long a client that has not signed in may take for everything.</summary>
    public TimeSpan BeforeSignIn { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a client may say nothing: at least 30 minutes (RFC 9051 §5.4).</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromMinutes(31);

    /// <summary>How long the next piece of a command or a literal may take to come.</summary>
    public TimeSpan Piece { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long the peer may take to read what it was answered.</summary>
    public TimeSpan Write { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long the TLS handshake may take.</summary>
    public TimeSpan Handshake { get; init; } = TimeSpan.FromSeconds(30);
}

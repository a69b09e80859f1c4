using Bastide.Platform.Limits;

namespace Bastide.Mail.Smtp;

/// <summary>
/// How much one peer may ask of SMTP. Times follow RFC 5321 §4.5.3.2, sizes are at or above §4.5.3.1. The bounds of one
/// connection hold always; what <see cref="Limiter"/> counts is off under <c>BASTIDE_TEST__NOLIMITS</c>.
/// </summary>
sealed record SmtpLimits
{
    /// <summary>Connections at once from one address.</summary>
    public ConcurrencyLimit Connections { get; init; } = new("smtp-connections", 100);

    /// <summary>Connections at once altogether.</summary>
    public ConcurrencyLimit AllConnections { get; init; } = new("smtp-all-connections", 2000);

    /// <summary>New connections from one address.</summary>
    public RateLimit Connects { get; init; } = new("smtp-connects", 1000, 100);

    /// <summary>Recipients beyond this server that one account writes to.</summary>
    public RateLimit RemoteRecipients { get; init; } = new("smtp-remote-recipients", 3000, 1);

    /// <summary>Octets of a command line, CR LF included; 512 is the least that must be borne, extensions add to it.</summary>
    public int CommandLine { get; init; } = 2048;

    /// <summary>Octets of a line of an AUTH exchange. RFC 4954 §4.</summary>
    public int AuthLine { get; init; } = 12288;

    /// <summary>Octets of a message.</summary>
    public long MessageSize { get; init; } = 50L * 1024 * 1024;

    /// <summary>Octets beyond <see cref="MessageSize"/> that are read and dropped before the connection is closed instead.</summary>
    public long Drain { get; init; } = 512L * 1024 * 1024;

    /// <summary>Recipients of one message.</summary>
    public int Recipients { get; init; } = 500;

    /// <summary>Commands that bring no message forward (NOOP, RSET, VRFY…) in one connection.</summary>
    public int IdleCommands { get; init; } = 1000;

    /// <summary>Refused commands in one connection.</summary>
    public int Errors { get; init; } = 20;

    /// <summary>Refused recipients in one connection.</summary>
    public int RefusedRecipients { get; init; } = 200;

    /// <summary>Failed sign-ins in one connection.</summary>
    public int FailedSignIns { get; init; } = 5;

    /// <summary>How many servers a message may have gone through. RFC 5321 §6.3.</summary>
    public int Hops { get; init; } = 50;

    /// <summary>How long a whole command line, or the next piece of a message, may take to come.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long the peer may take to read what it was answered.</summary>
    public TimeSpan Write { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long the TLS handshake may take.</summary>
    public TimeSpan Handshake { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a connection may last.</summary>
    public TimeSpan Connection { get; init; } = TimeSpan.FromHours(4);

    /// <summary>How long a message may take whatever its size; beyond, it must come at <see cref="OctetsPerSecond"/>.</summary>
    public TimeSpan Message { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The least pace of a message that takes longer than <see cref="Message"/>.</summary>
    public int OctetsPerSecond { get; init; } = 4096;
}

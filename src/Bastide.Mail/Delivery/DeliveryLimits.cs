using Bastide.Platform.Limits;

namespace Bastide.Mail.Delivery;

/// <summary>The bounds and times of sending. Times follow RFC 5321 §4.5.3.2 and §4.5.4.1.</summary>
sealed record DeliveryLimits
{
    /// <summary>Recipients beyond this server that one person writes to.</summary>
    public RateLimit RemoteRecipients { get; init; } = new("mail-remote-recipients", 3000, 1);

    /// <summary>Answers that the server writes for one person who is away: senders' addresses may be forged, their mailboxes are not to be filled.</summary>
    public RateLimit VacationReplies { get; init; } = new("mail-vacation", 50, 200 / 86400.0);

    /// <summary>The first pause after a failed attempt; each further one is twice as long.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The longest pause between attempts.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromHours(4);

    /// <summary>After how long the sender is told that it takes long.</summary>
    public TimeSpan TellDelayAfter { get; init; } = TimeSpan.FromHours(4);

    /// <summary>After how long it is given up.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromDays(5);

    /// <summary>The port of other domains' servers.</summary>
    public int Port { get; init; } = 25;

    /// <summary>How many of a domain's servers are tried in one attempt. RFC 5321 §5.1.</summary>
    public int Hosts { get; init; } = 5;

    /// <summary>How many recipients are named to a server in one transaction: what each must take. RFC 5321 §4.5.3.1.8.</summary>
    public int Recipients { get; init; } = 100;

    /// <summary>How long a server may take to answer a command.</summary>
    public TimeSpan Reply { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long it may take to answer the end of a message.</summary>
    public TimeSpan LastReply { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long it may take to read a piece of a message.</summary>
    public TimeSpan Write { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How long the pause is before the next attempt.</summary>
    public TimeSpan PauseAfter(int attempt)
    {
        var pause = FirstPause * Math.Pow(2, Math.Clamp(attempt - 1, 0, 20));
        return pause < LongestPause ? pause : LongestPause;
    }
}

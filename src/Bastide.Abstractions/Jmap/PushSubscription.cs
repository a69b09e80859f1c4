namespace Bastide.Abstractions.Jmap;

/// <summary>A device that wants to be told of changes over Web Push. RFC 8620 §7.2.</summary>
public sealed record PushSubscription
{
    /// <summary>Its number; 0 before it is stored.</summary>
    public long Id { get; init; }

    /// <summary>The device's own name for itself.</summary>
    public required string DeviceClientId { get; init; }

    /// <summary>Where messages are posted.</summary>
    public required Uri Url { get; init; }

    /// <summary>The keys to encrypt with, or null when the device takes messages as they are.</summary>
    public PushKeys? Keys { get; init; }

    /// <summary>What the device must give back before it is told anything.</summary>
    public required string VerificationCode { get; init; }

    /// <summary>Whether it gave it back.</summary>
    public bool IsVerified { get; init; }

    /// <summary>When it ends unless the device renews it.</summary>
    public required DateTimeOffset Expires { get; init; }

    /// <summary>The types it wants to hear of, or null for all.</summary>
    public IReadOnlyList<string>? Types { get; init; }

    /// <summary>Up to where the device was told everything; a text of the JMAP engine, empty before the device is verified.</summary>
    public string Position { get; init; } = "";

    /// <summary>How many deliveries failed one after the other.</summary>
    public int Failures { get; init; }

    /// <summary>The earliest time for the next attempt, after one that failed.</summary>
    public DateTimeOffset? NotBefore { get; init; }
}

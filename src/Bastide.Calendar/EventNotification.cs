using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;

namespace Bastide.Calendar;

/// <summary>What somebody else did to an event (draft-ietf-jmap-calendars, "Calendar Event Notifications").</summary>
public sealed record EventNotification
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>When it was noticed.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What was done.</summary>
    public required EventNotificationKind Kind { get; init; }

    /// <summary>The event, where it is known.</summary>
    public required long? EventId { get; init; }

    /// <summary>Who did it: a name to show, empty where there is none.</summary>
    public required string ByName { get; init; }

    /// <summary>Their calendar address.</summary>
    public required string ByAddress { get; init; }

    /// <summary>Their account, where they are here.</summary>
    public required AccountId? ByAccount { get; init; }

    /// <summary>What they wrote with it, or null.</summary>
    public required string? Comment { get; init; }

    /// <summary>The event as it was before, or as it came.</summary>
    public required JsonObject Event { get; init; }

    /// <summary>What changed, where something did.</summary>
    public required JsonObject? Patch { get; init; }

    /// <summary>The position it came at.</summary>
    public required Sequence CreatedSeq { get; init; }
}

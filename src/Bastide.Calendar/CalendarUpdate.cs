using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Bastide.Protocols.Jmap;

namespace Bastide.Calendar;

/// <summary>What is to be changed of a calendar; what is not given stays.</summary>
public sealed record CalendarUpdate
{
    /// <summary>What people call it.</summary>
    public string? Name { get; init; }

    /// <summary>What it is for.</summary>
    public Optional<string> Description { get; init; }

    /// <summary>A colour of CSS.</summary>
    public Optional<string> Color { get; init; }

    /// <summary>The zone of what has none.</summary>
    public Optional<string> TimeZone { get; init; }

    /// <summary>Its place among the others.</summary>
    public long? SortOrder { get; init; }

    /// <summary>Whether the person wants to see it.</summary>
    public bool? IsSubscribed { get; init; }

    /// <summary>Whether its events are shown at present.</summary>
    public bool? IsVisible { get; init; }

    /// <summary>Which events count for the person's availability.</summary>
    public CalendarAvailability? Availability { get; init; }

    /// <summary>Alerts of events with a time.</summary>
    public Optional<JsonObject> AlertsWithTime { get; init; }

    /// <summary>Alerts of events without one.</summary>
    public Optional<JsonObject> AlertsWithoutTime { get; init; }

    /// <summary>What accounts may do from now on; <see cref="Rights.None"/> takes everything away. Others keep what they have.</summary>
    public IReadOnlyDictionary<AccountId, Rights> Share { get; init; } = new Dictionary<AccountId, Rights>();

    /// <summary>Properties that nobody but programs understands, by name; null takes one away.</summary>
    public IReadOnlyDictionary<string, string?> Extra { get; init; } = new Dictionary<string, string?>();

    /// <summary>Whether its source is to be read again soon.</summary>
    public bool RefreshesSource { get; init; }

    /// <summary>Whether those not named by <see cref="Share"/> lose what they have.</summary>
    public bool ReplacesShares { get; init; }
}

using System.Text.Json.Nodes;
using Bastide.Calendar.Sources;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;

namespace Bastide.Calendar;

/// <summary>A calendar as a caller sees it: what is shared of it, and what they have of their own.</summary>
public sealed record Calendar
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>Its name as a DAV resource, within the account.</summary>
    public required string Resource { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the name is the caller's own for a calendar of somebody else.</summary>
    public bool IsNamedByCaller { get; init; }

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>A colour of CSS.</summary>
    public string? Color { get; init; }

    /// <summary>Its place among the others.</summary>
    public long SortOrder { get; init; }

    /// <summary>Whether the caller wants to see it.</summary>
    public bool IsSubscribed { get; init; }

    /// <summary>Whether its events are shown at present.</summary>
    public bool IsVisible { get; init; }

    /// <summary>Whether new events go here unless something else is said.</summary>
    public bool IsDefault { get; init; }

    /// <summary>Which events count for the caller's availability.</summary>
    public CalendarAvailability Availability { get; init; }

    /// <summary>The alerts of events with a time that have no other: Alerts by id, or null.</summary>
    public JsonObject? AlertsWithTime { get; init; }

    /// <summary>The same of events without a time.</summary>
    public JsonObject? AlertsWithoutTime { get; init; }

    /// <summary>The IANA zone of what has none, or null.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Who else may do what, by account; null for those who may not know.</summary>
    public IReadOnlyDictionary<AccountId, Rights>? SharedWith { get; init; }

    /// <summary>Where its contents come from, for those who may know; null where they are made here.</summary>
    public CalendarSource? Source { get; init; }

    /// <summary>What the caller may do.</summary>
    public Rights MyRights { get; init; }

    /// <summary>What it holds.</summary>
    public CalendarKinds Kinds { get; init; }

    /// <summary>Properties that programs set and nobody else understands: XML by name (RFC 4918 §4.1).</summary>
    public IReadOnlyDictionary<string, string> Extra { get; init; } = new Dictionary<string, string>();

    /// <summary>The position of the last change of an object in it: getctag, and the sync-token of RFC 6578.</summary>
    public Sequence MembersSeq { get; init; }
}

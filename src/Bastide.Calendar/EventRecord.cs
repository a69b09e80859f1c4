using System.Text.Json.Nodes;
using Bastide.Protocols.ICalendar;

namespace Bastide.Calendar;

/// <summary>An event, or an instance of one, as a caller sees it.</summary>
public sealed record EventRecord
{
    /// <summary>Which.</summary>
    public required EventRef Ref { get; init; }

    /// <summary>The calendar it is in.</summary>
    public required long CalendarId { get; init; }

    /// <summary>What JSCalendar says of it, with what the caller has of their own.</summary>
    public required JsonObject Event { get; init; }

    /// <summary>Whether it calls on nobody yet.</summary>
    public bool IsDraft { get; init; }

    /// <summary>Whether the account decides what it is.</summary>
    public bool IsOrigin { get; init; }

    /// <summary>The addresses that are the caller's, in the form of invitations.</summary>
    public IReadOnlySet<string> OwnAddresses { get; init; } = new HashSet<string>();

    /// <summary>The component behind it; null where the caller does not see all of it.</summary>
    public ICalComponent? Component { get; init; }
}

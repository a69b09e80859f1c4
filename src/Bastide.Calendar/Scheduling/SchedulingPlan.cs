using Bastide.Protocols.ITip;

namespace Bastide.Calendar.Scheduling;

/// <summary>What follows from a change of an object that invites people.</summary>
/// <param name="Messages">What is to be sent.</param>
/// <param name="IsRewritten">Whether the object itself was completed: its number, or how its messages stand.</param>
/// <param name="Refused">Why the change may not be, or null.</param>
sealed record SchedulingPlan(IReadOnlyList<ITipMessage> Messages, bool IsRewritten, CalendarError? Refused)
{
    /// <summary>Nothing follows.</summary>
    public static SchedulingPlan None { get; } = new([], false, null);

    /// <summary>Whether somebody would have to be told whom nothing reaches: their address is none of mail.</summary>
    public bool IsUnreachable { get; init; }

    public static SchedulingPlan Of(CalendarError refused) => new([], false, refused);
}

using Bastide.Protocols.ICalendar;

namespace Bastide.Calendar;

/// <summary>Why something was refused, in a form every protocol can tell.</summary>
/// <param name="Failure">The kind of refusal.</param>
/// <param name="Description">A sentence that tells what to do.</param>
/// <param name="Properties">The properties at fault, by their JMAP names.</param>
public sealed record CalendarError(CalendarFailure Failure, string Description, IReadOnlyList<string>? Properties = null)
{
    /// <summary>The object that is there already, with <see cref="CalendarFailure.UidExists"/>.</summary>
    public long? ExistingObject { get; init; }

    /// <summary>Its name within <see cref="ExistingCalendar"/>.</summary>
    public string? ExistingResource { get; init; }

    /// <summary>The calendar it is in.</summary>
    public long? ExistingCalendar { get; init; }

    internal static CalendarError NotFound { get; } = new(CalendarFailure.NotFound, "It does not exist.");

    internal static CalendarError StateMismatch { get; } = new(CalendarFailure.StateMismatch, "Something changed since: fetch the changes and try again.");

    internal static CalendarError OverQuota { get; } = new(CalendarFailure.OverQuota, "The account has no room for it: remove something first.");

    internal static CalendarError Forbidden(string description) => new(CalendarFailure.Forbidden, description);

    internal static CalendarError Invalid(string property, string description) => new(CalendarFailure.InvalidProperties, description, [property]);

    internal static CalendarError Of(ICalFormatException exception) => new(CalendarFailure.InvalidObject, exception.Message);
}

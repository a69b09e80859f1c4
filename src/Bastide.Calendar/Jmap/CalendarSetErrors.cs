using Bastide.Protocols.Jmap;

namespace Bastide.Calendar.Jmap;

/// <summary>Refusals of the calendar as errors of RFC 8620 §5.3 and draft-ietf-jmap-calendars.</summary>
static class CalendarSetErrors
{
    public static SetError Of(CalendarError error) => new(TypeOf(error.Failure), error.Description, PropertiesOf(error));

    static IReadOnlyList<string>? PropertiesOf(CalendarError error) => error.Failure == CalendarFailure.UidExists ? ["uid"] : error.Properties;

    static string TypeOf(CalendarFailure failure) => failure switch
    {
        CalendarFailure.NotFound => "notFound",
        CalendarFailure.Forbidden => "forbidden",
        CalendarFailure.StateMismatch => "stateMismatch",
        CalendarFailure.InvalidProperties or CalendarFailure.UidExists or CalendarFailure.InvalidData or CalendarFailure.InvalidObject or CalendarFailure.UnsupportedKind or CalendarFailure.NameTaken => "invalidProperties",
        CalendarFailure.InvalidPatch => "invalidPatch",
        CalendarFailure.OverQuota or CalendarFailure.TooManyItems => "overQuota",
        CalendarFailure.TooLarge => "tooLarge",
        CalendarFailure.CalendarHasEvent => "calendarHasEvent",
        CalendarFailure.WillDestroy => "willDestroy",
        CalendarFailure.NoSupportedScheduleMethods => "noSupportedScheduleMethods",
        CalendarFailure.CannotCalculateOccurrences => "cannotCalculateOccurrences",
        _ => throw new ArgumentOutOfRangeException(nameof(failure), failure, null),
    };
}

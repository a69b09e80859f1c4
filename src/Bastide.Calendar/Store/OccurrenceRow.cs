namespace Bastide.Calendar.Store;

/// <summary>An occurrence as the index has it.</summary>
/// <param name="ObjectId">Whose it is.</param>
/// <param name="CalendarId">Where that is.</param>
/// <param name="RecurrenceId">Which of a series, as a LocalDateTime of RFC 8984; empty for what does not recur.</param>
/// <param name="BeginAt">When it begins, in seconds since 1970; of floating ones what clocks show, as if it were UTC.</param>
/// <param name="EndAt">When it ends.</param>
/// <param name="IsFloating">Whether the times are those of clocks.</param>
/// <param name="Busy">What it makes of its time.</param>
readonly record struct OccurrenceRow(long ObjectId, long CalendarId, string RecurrenceId, long BeginAt, long EndAt, bool IsFloating, BusyKind Busy)
{
    const long Day = 86_400;

    /// <summary>The most seconds of each span; the last has no most.</summary>
    public static readonly long[] Spans = [Day, 32 * Day];

    /// <summary>Which of the spans it is in: so that whoever looks for what touches a moment need not look at everything before it.</summary>
    public int Span => EndAt - BeginAt <= Spans[0] ? 0 : EndAt - BeginAt <= Spans[1] ? 1 : 2;
}

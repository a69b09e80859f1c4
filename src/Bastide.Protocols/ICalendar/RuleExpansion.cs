using NodaTime;

namespace Bastide.Protocols.ICalendar;

/// <summary>
/// The local times of a rule, in their order. What RFC 5545 leaves open is as RFC 8984 §4.3.3 says: the start is always the
/// first and counts, and what a rule does not say is taken from the start. UNTIL is not looked at: whoever reads stops there.
/// </summary>
public static class RuleExpansion
{
    const int FirstYear = 2;

    /// <summary>Those at or after <paramref name="from"/> and before <paramref name="before"/>.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="start">DTSTART.</param>
    /// <param name="from">The first time of interest. A rule without COUNT is not followed up to it, but begun there.</param>
    /// <param name="before">Where to end.</param>
    /// <param name="budget">How much work it may be.</param>
    /// <param name="isSkipped">Says of a time that no clock shows it. A rule within the day leaves such times out and does not count them.</param>
    public static IEnumerable<LocalDateTime> Of(RecurrenceRule rule, LocalDateTime start, LocalDateTime from, LocalDateTime before, ExpansionBudget budget, Func<LocalDateTime, bool>? isSkipped = null)
    {
        if (start >= before) yield break;
        if (start >= from) yield return start;
        if (!rule.IsGregorian || start.Year < FirstYear) yield break;
        var count = 1;
        var last = start;
        var begin = rule.Count is null && from > start ? from : start;
        foreach (var time in rule.IsWithinDay ? WithinDays(rule, start, begin, before, budget) : OfDays(rule, start, begin, before, budget))
        {
            // A day moved forward by SKIP may be the same as one of the next month.
            if (time <= last) continue;
            if (time >= before) yield break;
            last = time;
            if (rule.IsWithinDay && isSkipped?.Invoke(time) == true) continue;
            if (++count > rule.Count) yield break;
            if (time >= from) yield return time;
        }
    }

    static IEnumerable<LocalDateTime> OfDays(RecurrenceRule rule, LocalDateTime start, LocalDateTime begin, LocalDateTime before, ExpansionBudget budget)
    {
        var times = (
            from hour in OrElse(rule.ByHour, start.Hour)
            from minute in OrElse(rule.ByMinute, start.Minute)
            from second in OrElse(rule.BySecond, start.Second)
            select new LocalTime(hour, minute, second)).ToList();
        var dates = new RuleDates(rule, start.Date);
        for (var period = dates.PeriodNear(begin.Date); dates.FirstDay(period) is { } first && first <= before.Date; period = dates.Next(period))
        {
            budget.Spend(1);
            var days = dates.Of(period);
            if (days.Count == 0) continue;
            budget.Spend(days.Count * times.Count);
            if (rule.BySetPos.Count > 0)
            {
                foreach (var time in Positions(rule, [.. days.SelectMany(_ => times, (day, time) => day.At(time))])) yield return time;
                continue;
            }

            foreach (var day in days)
                foreach (var time in times)
                    yield return day.At(time);
        }
    }

    static IEnumerable<LocalDateTime> WithinDays(RecurrenceRule rule, LocalDateTime start, LocalDateTime begin, LocalDateTime before, ExpansionBudget budget)
    {
        var dates = new RuleDates(rule, start.Date);
        for (LocalDate? day = begin.Date; day is { } date && date <= before.Date; day = dates.NextDay(date))
        {
            budget.Spend(1);
            if (!dates.Matches(date)) continue;
            foreach (var period in RuleTimes.Of(rule, start, date, begin, budget))
                foreach (var time in Positions(rule, period))
                    yield return time;
        }
    }

    /// <summary>Those of a period that BYSETPOS names; all where it names none.</summary>
    static List<LocalDateTime> Positions(RecurrenceRule rule, List<LocalDateTime> period)
    {
        if (rule.BySetPos.Count == 0) return period;
        SortedSet<int>? indexes = null;
        foreach (var position in rule.BySetPos)
            if ((position > 0 ? position - 1 : period.Count + position) is var index && index >= 0 && index < period.Count)
                (indexes ??= []).Add(index);
        return indexes is null ? [] : [.. indexes.Select(index => period[index])];
    }

    static IReadOnlyList<int> OrElse(IReadOnlyList<int> given, int start) => given.Count > 0 ? given : [start];
}

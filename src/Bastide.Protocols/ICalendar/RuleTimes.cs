using NodaTime;

namespace Bastide.Protocols.ICalendar;

/// <summary>
/// The times of one day of a rule that recurs within it, period by period: by the hour, the minute or the second. A period is to
/// be read before the next is asked for: it is the same list.
/// </summary>
static class RuleTimes
{
    static readonly int[] Hours = [.. Enumerable.Range(0, 24)];
    static readonly int[] Minutes = [.. Enumerable.Range(0, 60)];

    /// <summary>Those of a day, from the hour of <paramref name="begin"/> on.</summary>
    public static IEnumerable<List<LocalDateTime>> Of(RecurrenceRule rule, LocalDateTime start, LocalDate date, LocalDateTime begin, ExpansionBudget budget)
    {
        var hours = (rule.ByHour.Count > 0 ? rule.ByHour : Hours).Where(hour => date > begin.Date || hour >= begin.Hour);
        return rule.Frequency switch
        {
            RecurrenceFrequency.Hourly => ByHour(rule, start, date, hours, budget),
            RecurrenceFrequency.Minutely => ByMinute(rule, start, date, hours, budget),
            _ => BySecond(rule, start, date, hours, budget),
        };
    }

    static IEnumerable<List<LocalDateTime>> ByHour(RecurrenceRule rule, LocalDateTime start, LocalDate date, IEnumerable<int> hours, ExpansionBudget budget)
    {
        var period = new List<LocalDateTime>();
        var hoursBefore = Period.DaysBetween(start.Date, date) * 24L - start.Hour;
        foreach (var hour in hours)
        {
            budget.Spend(1);
            if (hoursBefore + hour < 0 || (hoursBefore + hour) % rule.Interval != 0) continue;
            period.Clear();
            foreach (var minute in OrElse(rule.ByMinute, start.Minute))
                foreach (var second in OrElse(rule.BySecond, start.Second))
                    period.Add(date.At(new LocalTime(hour, minute, second)));
            yield return period;
        }
    }

    static IEnumerable<List<LocalDateTime>> ByMinute(RecurrenceRule rule, LocalDateTime start, LocalDate date, IEnumerable<int> hours, ExpansionBudget budget)
    {
        var period = new List<LocalDateTime>();
        var minutesBefore = Period.DaysBetween(start.Date, date) * 1440L - (start.Hour * 60 + start.Minute);
        foreach (var hour in hours)
        {
            foreach (var minute in Aligned(minutesBefore + hour * 60, rule.Interval, 60))
            {
                budget.Spend(1);
                if (rule.ByMinute.Count > 0 && !rule.ByMinute.Contains(minute)) continue;
                period.Clear();
                foreach (var second in OrElse(rule.BySecond, start.Second)) period.Add(date.At(new LocalTime(hour, minute, second)));
                yield return period;
            }
        }
    }

    static IEnumerable<List<LocalDateTime>> BySecond(RecurrenceRule rule, LocalDateTime start, LocalDate date, IEnumerable<int> hours, ExpansionBudget budget)
    {
        var period = new List<LocalDateTime>();
        var secondsBefore = Period.DaysBetween(start.Date, date) * 86_400L - (start.Hour * 3600 + start.Minute * 60 + start.Second);
        foreach (var hour in hours)
        {
            foreach (var minute in rule.ByMinute.Count > 0 ? rule.ByMinute : Minutes)
            {
                budget.Spend(1);
                foreach (var second in Aligned(secondsBefore + hour * 3600 + minute * 60, rule.Interval, 60))
                {
                    budget.Spend(1);
                    if (rule.BySecond.Count > 0 && !rule.BySecond.Contains(second)) continue;
                    period.Clear();
                    period.Add(date.At(new LocalTime(hour, minute, second)));
                    yield return period;
                }
            }
        }
    }

    /// <summary>Those of the units from 0 that lie a whole number of intervals behind the start.</summary>
    static IEnumerable<int> Aligned(long before, int interval, int units)
    {
        var first = before >= 0 ? (interval - before % interval) % interval : -before;
        for (var unit = first; unit < units; unit += interval) yield return (int)unit;
    }

    static IReadOnlyList<int> OrElse(IReadOnlyList<int> given, int start) => given.Count > 0 ? given : [start];
}

using System.Globalization;
using NodaTime;
using NodaTime.Calendars;

namespace Bastide.Protocols.ICalendar;

/// <summary>
/// The days of a rule, period by period: years, months, weeks or days, numbered from the one of the start. The table of RFC 5545
/// §3.3.10 says which part expands a period and which limits it.
/// </summary>
sealed class RuleDates
{
    const int LastYear = 9990;
    static readonly LocalDate LastDay = new(LastYear, 12, 31);
    static readonly int[] AllMonths = [.. Enumerable.Range(1, 12)];

    readonly RecurrenceRule _rule;
    readonly LocalDate _start;
    readonly LocalDate _startOfWeek;
    readonly IWeekYearRule _weeks;
    readonly int[] _months;
    readonly IReadOnlyList<int> _monthDays;
    readonly IReadOnlyList<RecurrenceDay> _days;

    public RuleDates(RecurrenceRule rule, LocalDate start)
    {
        _rule = rule;
        _start = start;
        _startOfWeek = StartOfWeek(start);
        _weeks = WeekYearRules.ForMinDaysInFirstWeek(4, rule.WeekStart);
        _months = [.. rule.ByMonth.Select(month => int.Parse(month, CultureInfo.InvariantCulture))];
        _monthDays = rule.ByMonthDay;
        _days = rule.ByDay;
        var (hasMonthDays, hasDays, hasWeeks) = (rule.ByMonthDay.Count > 0, rule.ByDay.Count > 0, rule.ByWeekNo.Count > 0);
        switch (rule.Frequency)
        {
            case RecurrenceFrequency.Weekly when !hasDays:
                _days = [new RecurrenceDay(0, start.DayOfWeek)];
                break;
            case RecurrenceFrequency.Monthly when !hasDays && !hasMonthDays:
                _monthDays = [start.Day];
                break;
            case RecurrenceFrequency.Yearly when rule.ByYearDay.Count == 0:
                if (_months.Length == 0 && !hasWeeks && (hasMonthDays || !hasDays)) _months = [start.Month];
                if (!hasMonthDays && !hasWeeks && !hasDays) _monthDays = [start.Day];
                if (hasWeeks && !hasMonthDays && !hasDays) _days = [new RecurrenceDay(0, start.DayOfWeek)];
                break;
        }
    }

    /// <summary>The period to begin with so that nothing from the date on is missed.</summary>
    public long PeriodNear(LocalDate date)
    {
        if (date <= _start) return 0;
        long distance = _rule.Frequency switch
        {
            RecurrenceFrequency.Yearly => date.Year - _start.Year,
            RecurrenceFrequency.Monthly => Month(date) - Month(_start),
            RecurrenceFrequency.Weekly => Period.DaysBetween(_startOfWeek, date) / 7,
            _ => Period.DaysBetween(_start, date),
        };
        // One before: a week of the year or a skipped day may reach beyond its period.
        return Math.Max(0, distance / _rule.Interval - 1) * _rule.Interval;
    }

    public long Next(long period) => period + _rule.Interval;

    /// <summary>The first day that a period can give; null behind the end of time.</summary>
    public LocalDate? FirstDay(long period)
    {
        switch (_rule.Frequency)
        {
            case RecurrenceFrequency.Yearly:
                var year = _start.Year + period;
                if (year > LastYear) return null;
                return _rule.ByWeekNo.Count > 0 ? _weeks.GetLocalDate((int)year, 1, _rule.WeekStart, CalendarSystem.Iso) : new LocalDate((int)year, 1, 1);
            case RecurrenceFrequency.Monthly:
                var month = Month(_start) + period;
                return month / 12 > LastYear ? null : new LocalDate((int)(month / 12), (int)(month % 12) + 1, 1);
            case RecurrenceFrequency.Weekly:
                return InTime(_startOfWeek, period * 7);
            default:
                return InTime(_start, period);
        }
    }

    /// <summary>The days of a period, in their order.</summary>
    public List<LocalDate> Of(long period)
    {
        var first = FirstDay(period)!.Value;
        return _rule.Frequency switch
        {
            RecurrenceFrequency.Yearly => OfYear((int)(_start.Year + period)),
            RecurrenceFrequency.Monthly => OfMonth(first),
            RecurrenceFrequency.Weekly => OfWeek(first),
            _ => Matches(first) ? [first] : [],
        };
    }

    /// <summary>Whether a day passes every part that limits weeks, days and what is within them.</summary>
    public bool Matches(LocalDate date) =>
        InMonths(date) && InMonthDays(date) && InYearDays(date) && (_days.Count == 0 || IsWeekday(date.DayOfWeek));

    /// <summary>The next day to look at: over months that the rule leaves out.</summary>
    public LocalDate? NextDay(LocalDate date)
    {
        var next = date.PlusDays(1);
        for (var tries = 0; !InMonths(next); tries++)
        {
            if (tries > 12) return null;
            next = new LocalDate(next.Year, next.Month, 1).PlusMonths(1);
        }

        return next.Year > LastYear ? null : next;
    }

    List<LocalDate> OfWeek(LocalDate first)
    {
        var days = new List<LocalDate>(_days.Count);
        for (var i = 0; i < 7; i++)
            if (first.PlusDays(i) is var day && Matches(day))
                days.Add(day);
        return days;
    }

    List<LocalDate> OfYear(int year)
    {
        IEnumerable<LocalDate> days;
        if (_rule.ByWeekNo.Count > 0) days = OfWeeks(year).Where(day => InYearDays(day) && InMonthDays(day));
        else if (_rule.ByYearDay.Count > 0) days = OfYearDays(year).Where(InMonthDays);
        else if (_monthDays.Count > 0) days = (_months.Length > 0 ? _months : AllMonths).SelectMany(month => OfMonthDays(year, month));
        else return OfWeekdays(year);

        // The month of a day that was moved is not the month it was asked for.
        var isMoved = _rule.Skip != RecurrenceSkip.Omit && _rule.ByWeekNo.Count + _rule.ByYearDay.Count == 0;
        return Sorted(days.Where(day => (isMoved || InMonths(day)) && InDays(day, ofMonth: _months.Length > 0)));
    }

    List<LocalDate> OfWeekdays(int year)
    {
        if (_months.Length == 0) return Sorted(Nth(new LocalDate(year, 1, 1), CalendarSystem.Iso.GetDaysInYear(year)));
        return Sorted(_months.Where(month => month <= 12).SelectMany(month => Nth(new LocalDate(year, month, 1), CalendarSystem.Iso.GetDaysInMonth(year, month))));
    }

    List<LocalDate> OfMonth(LocalDate first)
    {
        if (!InMonths(first)) return [];
        var days = _monthDays.Count > 0
            ? OfMonthDays(first.Year, first.Month).Where(day => InDays(day, ofMonth: true))
            : Nth(first, CalendarSystem.Iso.GetDaysInMonth(first.Year, first.Month));
        return Sorted(days.Where(InYearDays));
    }

    IEnumerable<LocalDate> OfWeeks(int year)
    {
        var count = _weeks.GetWeeksInWeekYear(year, CalendarSystem.Iso);
        foreach (var number in _rule.ByWeekNo)
        {
            var week = number > 0 ? number : count + 1 + number;
            if (week < 1 || week > count) continue;
            var first = _weeks.GetLocalDate(year, week, _rule.WeekStart, CalendarSystem.Iso);
            for (var day = 0; day < 7; day++) yield return first.PlusDays(day);
        }
    }

    IEnumerable<LocalDate> OfYearDays(int year)
    {
        var count = CalendarSystem.Iso.GetDaysInYear(year);
        var first = new LocalDate(year, 1, 1);
        foreach (var number in _rule.ByYearDay)
        {
            var day = number > 0 ? number : count + 1 + number;
            if (day >= 1 && day <= count) yield return first.PlusDays(day - 1);
        }
    }

    IEnumerable<LocalDate> OfMonthDays(int year, int month)
    {
        if (month > 12) yield break;
        var count = CalendarSystem.Iso.GetDaysInMonth(year, month);
        foreach (var number in _monthDays)
        {
            var day = number > 0 ? number : count + 1 + number;
            if (day < 1) continue;
            if (day <= count) yield return new LocalDate(year, month, day);
            else if (_rule.Skip == RecurrenceSkip.Backward) yield return new LocalDate(year, month, count);
            else if (_rule.Skip == RecurrenceSkip.Forward) yield return new LocalDate(year, month, count).PlusDays(1);
        }
    }

    /// <summary>The days of BYDAY within a month or year.</summary>
    IEnumerable<LocalDate> Nth(LocalDate first, int count)
    {
        foreach (var (ordinal, day) in _days)
        {
            var offset = ((int)day - (int)first.DayOfWeek + 7) % 7;
            var times = (count - offset + 6) / 7;
            if (ordinal == 0)
            {
                for (var i = 0; i < times; i++) yield return first.PlusDays(offset + i * 7);
                continue;
            }

            var index = ordinal > 0 ? ordinal - 1 : times + ordinal;
            if (index >= 0 && index < times) yield return first.PlusDays(offset + index * 7);
        }
    }

    bool InMonths(LocalDate date) => _months.Length == 0 || _months.Contains(date.Month);

    bool InMonthDays(LocalDate date)
    {
        if (_monthDays.Count == 0) return true;
        var fromEnd = date.Day - CalendarSystem.Iso.GetDaysInMonth(date.Year, date.Month) - 1;
        return HasEither(_monthDays, date.Day, fromEnd);
    }

    bool InYearDays(LocalDate date)
    {
        if (_rule.ByYearDay.Count == 0) return true;
        var fromEnd = date.DayOfYear - CalendarSystem.Iso.GetDaysInYear(date.Year) - 1;
        return HasEither(_rule.ByYearDay, date.DayOfYear, fromEnd);
    }

    /// <summary>Whether a day is one of BYDAY; the nth where it says so, of the month or of the year.</summary>
    bool InDays(LocalDate date, bool ofMonth)
    {
        if (_days.Count == 0) return true;
        var (at, count) = ofMonth
            ? (date.Day, CalendarSystem.Iso.GetDaysInMonth(date.Year, date.Month))
            : (date.DayOfYear, CalendarSystem.Iso.GetDaysInYear(date.Year));
        var (nth, fromEnd) = ((at - 1) / 7 + 1, -((count - at) / 7 + 1));
        // With BYWEEKNO an ordinal says nothing (RFC 5545 §3.3.10) and is passed over.
        var hasOrdinals = _rule.ByWeekNo.Count == 0;
        return _days.Any(day => day.Day == date.DayOfWeek && (!hasOrdinals || day.Ordinal == 0 || day.Ordinal == nth || day.Ordinal == fromEnd));
    }

    LocalDate StartOfWeek(LocalDate date) => date.PlusDays(-(((int)date.DayOfWeek - (int)_rule.WeekStart + 7) % 7));

    bool IsWeekday(IsoDayOfWeek weekday)
    {
        // Asked of every day of a rule within the day: a question to a list that makes nothing.
        for (var i = 0; i < _days.Count; i++)
            if (_days[i].Day == weekday)
                return true;
        return false;
    }

    static bool HasEither(IReadOnlyList<int> numbers, int one, int other)
    {
        for (var i = 0; i < numbers.Count; i++)
            if (numbers[i] == one || numbers[i] == other)
                return true;
        return false;
    }

    static List<LocalDate> Sorted(IEnumerable<LocalDate> days)
    {
        var sorted = days.ToList();
        if (sorted.Count < 2) return sorted;
        sorted.Sort();
        var kept = 1;
        for (var i = 1; i < sorted.Count; i++)
            if (sorted[i] != sorted[kept - 1])
                sorted[kept++] = sorted[i];
        sorted.RemoveRange(kept, sorted.Count - kept);
        return sorted;
    }

    static LocalDate? InTime(LocalDate first, long days) => days > Period.DaysBetween(first, LastDay) ? null : first.PlusDays((int)days);

    static long Month(LocalDate date) => date.Year * 12L + date.Month - 1;
}

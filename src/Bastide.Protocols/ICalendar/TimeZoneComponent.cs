using System.Collections.Concurrent;
using System.Globalization;
using NodaTime;

namespace Bastide.Protocols.ICalendar;

/// <summary>
/// VTIMEZONEs for the zones that an object names and does not explain: programs that know no IANA read them. Told from the
/// year before the object begins, with a rule for the years to come where the zone keeps to one.
/// </summary>
public static class TimeZoneComponent
{
    const int MostKept = 2000;
    const int SettledYear = 2034;
    const int YearsLooked = 3;
    static readonly string[] Named = ["DTSTART", "DTEND", "DUE", "RECURRENCE-ID", "EXDATE", "RDATE"];
    static readonly ConcurrentDictionary<(string Id, int Year), ICalComponent> Made = new();

    /// <summary>Adds what is missing, before the components that name it.</summary>
    public static void AddMissing(ICalComponent calendar)
    {
        var first = calendar.Components.Where(component => !component.Is("VTIMEZONE")).SelectMany(component => component.Properties)
            .Where(property => property.Is("DTSTART")).Select(ICalTime.Of).OfType<ICalTime>().Select(time => time.Local.Year).DefaultIfEmpty(1970).Min();
        var known = calendar.ComponentsOf("VTIMEZONE").Select(zone => zone.Text("TZID")).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var id in calendar.Components.Where(component => !component.Is("VTIMEZONE")).SelectMany(component => component.Properties)
            .Where(property => Named.Contains(property.Name, StringComparer.OrdinalIgnoreCase)).Select(property => property.Parameter("TZID")).OfType<string>().ToList())
            if (known.Add(id) && TimeZoneNames.Canonical(id) == id)
                calendar.InsertBefore(node => node is ICalComponent && !node.Is("VTIMEZONE"), Of(id, Math.Clamp(first, 1902, 2200)));
    }

    /// <summary>The VTIMEZONE of an IANA zone, good from a year on.</summary>
    public static ICalComponent Of(string id, int fromYear)
    {
        if (Made.TryGetValue((id, fromYear), out var made)) return made.Clone();
        made = Make(id, DateTimeZoneProviders.Tzdb[id], fromYear);
        if (Made.Count < MostKept) Made[(id, fromYear)] = made;
        return made.Clone();
    }

    static ICalComponent Make(string id, DateTimeZone zone, int fromYear)
    {
        var component = new ICalComponent("VTIMEZONE", [new ICalProperty("TZID", id), new ICalProperty("X-LIC-LOCATION", id)]);
        // Where the laws of a zone have settled, a few years that follow one another show it.
        var settled = Math.Max(fromYear, SettledYear);
        var first = zone.GetZoneInterval(Instant.FromUtc(fromYear - 1, 1, 1, 0, 0));
        component.Add(Observance(new Onset(first.Savings > Offset.Zero, first.WallOffset, first.WallOffset, new LocalDateTime(1970, 1, 1, 0, 0), first.Name), null));
        var rules = Rules(zone, fromYear - 1, settled);
        var told = new HashSet<string>();
        for (var year = fromYear - 1; year < settled + YearsLooked; year++)
        {
            foreach (var onset in Onsets(zone, year))
            {
                var rule = rules.Find(kept => kept.SinceYear <= year && kept.Of.IsLike(onset))?.Rule;
                if (rule is null || told.Add(rule)) component.Add(Observance(onset, rule));
            }
        }

        return component;
    }

    static ICalComponent Observance(Onset onset, string? rule)
    {
        var observance = new ICalComponent(onset.IsDaylight ? "DAYLIGHT" : "STANDARD", [
            new ICalProperty("TZNAME", ICalText.Escape(onset.Name)),
            new ICalProperty("TZOFFSETFROM", Written(onset.From)),
            new ICalProperty("TZOFFSETTO", Written(onset.To)),
            new ICalProperty("DTSTART", new ICalTime(onset.Local, ICalTimeKind.Floating).Value)]);
        if (rule is not null) observance.Add(new ICalProperty("RRULE", rule));
        return observance;
    }

    /// <summary>The rules that a zone keeps to, two onsets a year on the same weekday of the same month, and since when without a break.</summary>
    static List<KeptRule> Rules(DateTimeZone zone, int firstYear, int settled)
    {
        var rules = new List<KeptRule>();
        var onsets = Onsets(zone, settled);
        if (onsets.Count != 2) return rules;
        foreach (var onset in onsets)
        {
            foreach (var rule in RulesOf(onset.Local))
            {
                if (!Enumerable.Range(settled, YearsLooked).All(year => Keeps(zone, year, onset, rule))) continue;
                var since = settled;
                while (since > firstYear && Keeps(zone, since - 1, onset, rule)) since--;
                rules.Add(new KeptRule(onset, rule, since));
                break;
            }
        }

        return rules.Count == 2 ? rules : [];
    }

    static IEnumerable<string> RulesOf(LocalDateTime local)
    {
        var isLast = CalendarSystem.Iso.GetDaysInMonth(local.Year, local.Month) - local.Day < 7;
        int[] ordinals = isLast ? [-1, (local.Day - 1) / 7 + 1] : [(local.Day - 1) / 7 + 1];
        return ordinals.Select(nth => string.Create(CultureInfo.InvariantCulture, $"FREQ=YEARLY;BYMONTH={local.Month};BYDAY={nth}{RecurrenceRule.NameOf(local.DayOfWeek)}"));
    }

    static bool Keeps(DateTimeZone zone, int year, Onset onset, string rule)
    {
        var onsets = Onsets(zone, year);
        return onsets.Count == 2 && onsets.Exists(other => other.IsLike(onset) && RulesOf(other.Local).Contains(rule));
    }

    static List<Onset> Onsets(DateTimeZone zone, int year)
    {
        var (from, until) = (Instant.FromUtc(year, 1, 1, 0, 0), Instant.FromUtc(year + 1, 1, 1, 0, 0));
        var onsets = new List<Onset>();
        foreach (var interval in zone.GetZoneIntervals(from, until))
        {
            if (!interval.HasStart || interval.Start < from) continue;
            var before = zone.GetZoneInterval(interval.Start - Duration.Epsilon).WallOffset;
            onsets.Add(new Onset(interval.Savings > Offset.Zero, before, interval.WallOffset, interval.Start.WithOffset(before).LocalDateTime, interval.Name));
        }

        return onsets;
    }

    static string Written(Offset offset)
    {
        var seconds = Math.Abs(offset.Seconds);
        var text = string.Create(CultureInfo.InvariantCulture, $"{(offset.Seconds < 0 ? '-' : '+')}{seconds / 3600:00}{seconds / 60 % 60:00}");
        return seconds % 60 == 0 ? text : text + (seconds % 60).ToString("00", CultureInfo.InvariantCulture);
    }

    sealed record KeptRule(Onset Of, string Rule, int SinceYear);

    readonly record struct Onset(bool IsDaylight, Offset From, Offset To, LocalDateTime Local, string Name)
    {
        public bool IsLike(Onset other) => (IsDaylight, From, To, Local.TimeOfDay) == (other.IsDaylight, other.From, other.To, other.Local.TimeOfDay);
    }
}

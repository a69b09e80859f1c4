using NodaTime;

namespace Bastide.Protocols.ICalendar;

/// <summary>
/// The occurrences of one UID: what RRULE, RDATE, EXRULE and EXDATE of its component make, with the components of single
/// instances in their places (RFC 5545 §3.8.4.4, §3.8.5). Where only single instances are known, it is those.
/// </summary>
public sealed class RecurrenceSet
{
    // How far a moment may lie from what its local time says: a zone may skip a day, which a rule within the day leaves out.
    static readonly Duration SlackOfDays = Duration.FromHours(26);
    static readonly Duration SlackWithinDay = Duration.FromHours(3);

    // Whoever moves all that follows by more than this has moved one instance, and says what is not meant.
    static readonly Duration LongestShift = Duration.FromDays(1000);
    static readonly int[] LookBack = [4, 40, 400, 4000];

    readonly ICalTimeZones _zones;
    readonly DateTimeZone _floating;
    readonly OccurrenceTemplate? _master;
    readonly DateTimeZone _zone;
    readonly List<RecurrenceRule> _rules;
    readonly List<RecurrenceRule> _exceptionRules;
    readonly SortedDictionary<LocalDateTime, ICalDuration?> _dates = [];
    readonly HashSet<LocalDateTime> _exceptions = [];
    readonly HashSet<LocalDate> _exceptionDays = [];
    readonly Dictionary<LocalDateTime, OccurrenceTemplate> _overrides = [];
    readonly List<(LocalDateTime From, OccurrenceTemplate Template, Duration Shift)> _futures = [];

    /// <summary>The set of the components of one UID.</summary>
    /// <param name="components">The component of the series, and those of its instances.</param>
    /// <param name="zones">The zones of their object.</param>
    /// <param name="floating">The zone in which times that are tied to none are told.</param>
    public RecurrenceSet(IEnumerable<ICalComponent> components, ICalTimeZones zones, DateTimeZone floating)
    {
        _zones = zones;
        _floating = floating;
        var all = components.ToList();
        Master = all.Find(component => component.Property("RECURRENCE-ID") is null);
        _master = Master is null ? null : OccurrenceTemplate.Of(Master, zones, floating);
        _zone = _master is null ? floating : zones.ZoneOf(_master.Start, floating);
        _rules = RulesOf("RRULE");
        _exceptionRules = RulesOf("EXRULE");
        ReadDates();
        foreach (var component in all.Where(component => component.Property("RECURRENCE-ID") is not null)) ReadOverride(component);
        _futures.Sort((a, b) => a.From.CompareTo(b.From));
    }

    /// <summary>The component of the series, or null where only instances are known.</summary>
    public ICalComponent? Master { get; }

    /// <summary>Whether there can be more than one occurrence, or one with a name of its own.</summary>
    public bool IsRecurring => _rules.Count > 0 || _dates.Count > 0 || _overrides.Count > 0 || Master?.Property("RRULE") is not null;

    /// <summary>Whether there is no last occurrence.</summary>
    public bool IsEndless => _rules.Exists(rule => rule.Count is null && rule.Until is null);

    /// <summary>Whether the times depend on where one is.</summary>
    public bool IsFloating => (_master ?? _overrides.Values.FirstOrDefault()) is { } template && _zones.IsFloating(template.Start);

    /// <summary>
    /// The name of an instance, on the clock of the series' start, from any form it may have: in UTC, in another zone, as a
    /// date only.
    /// </summary>
    public LocalDateTime RecurrenceIdOf(ICalTime time)
    {
        if (_master is not { Start: var start }) return time.Local;
        if (start.IsDate) return time.Local.Date.AtMidnight();
        if (time.IsDate) return time.Local.Date.At(start.Local.TimeOfDay);
        if (time.Kind == ICalTimeKind.Floating || time.Tzid == start.Tzid && time.Kind == start.Kind) return time.Local;
        return _zones.IsFloating(start) ? time.Local : ZoneRules.Local(_zones.Resolve(time, _floating), _zone);
    }

    /// <summary>Whether the series, its exceptions aside, has an instance of this name.</summary>
    public bool Generates(LocalDateTime recurrenceId, ExpansionBudget budget)
    {
        if (_dates.ContainsKey(recurrenceId)) return true;
        return Times(recurrenceId, recurrenceId.PlusSeconds(1), budget).Any(time => time == recurrenceId);
    }

    /// <summary>The component that holds for an instance: the newest of its own, or null.</summary>
    public ICalComponent? InstanceOf(LocalDateTime recurrenceId) => _overrides.GetValueOrDefault(recurrenceId)?.Component;

    /// <summary>Whether an instance was taken out of the series.</summary>
    public bool IsExcluded(LocalDateTime recurrenceId) => _exceptions.Contains(recurrenceId) || _exceptionDays.Contains(recurrenceId.Date);

    /// <summary>
    /// The occurrences that touch the time between two moments, in their order. Throws
    /// <see cref="ExpansionRefusedException"/> for more than <paramref name="most"/>, or too much work.
    /// </summary>
    public List<Occurrence> Expand(Instant from, Instant to, int most, CancellationToken cancellation) =>
        Expand(from, to, most, new ExpansionBudget(BudgetFor(most), cancellation));

    /// <summary>The same, within a budget that several sets share.</summary>
    public List<Occurrence> Expand(Instant from, Instant to, int most, ExpansionBudget budget)
    {
        var occurrences = Overrides(from, to);
        foreach (var occurrence in Instances(from, to, budget))
        {
            occurrences.Add(occurrence);
            if (occurrences.Count > most) throw new ExpansionRefusedException();
        }

        occurrences.Sort((a, b) => a.Begin.CompareTo(b.Begin));
        return occurrences;
    }

    /// <summary>
    /// As many occurrences between two moments as are allowed, and the moment before which none is missing: for an index
    /// that holds what it can.
    /// </summary>
    public (List<Occurrence> Found, Instant Until) ExpandUpTo(Instant from, Instant to, int most, CancellationToken cancellation)
    {
        var found = Overrides(from, to);
        var until = from;
        try
        {
            foreach (var occurrence in Instances(from, to, new ExpansionBudget(BudgetFor(most), cancellation)))
            {
                if (found.Count >= most) return (found, until);
                found.Add(occurrence);
                // One that begins at the same moment as the last may yet come.
                until = Instant.Max(until, occurrence.Begin);
            }
        }
        catch (ExpansionRefusedException)
        {
            return (found, until);
        }

        return (found, to);
    }

    /// <summary>The moment the last occurrence ends; null when there is no last, or it is too far to look for.</summary>
    public Instant? LastEnd(int most, CancellationToken cancellation)
    {
        if (IsEndless) return null;
        var (least, end) = (Instant.MinValue, Instant.MaxValue);
        var lastEnd = Overrides(least, end).Select(occurrence => (Instant?)occurrence.End).Max();
        try
        {
            // Rules that name their end need not be followed to it from the start.
            if (_master is not null && _rules.Count > 0 && _rules.TrueForAll(rule => rule.Until is not null))
                return Later(lastEnd, LastEndBefore(_rules.Select(rule => EndBy(rule.Until!.Value)).Concat(_dates.Keys.Select(date => InstanceAt(date, true).End)).Max(), most, cancellation));
            foreach (var occurrence in Instances(least, end, new ExpansionBudget(BudgetFor(most), cancellation))) lastEnd = Later(lastEnd, occurrence.End);
        }
        catch (ExpansionRefusedException)
        {
            return null;
        }

        return lastEnd;

        static Instant Later(Instant? one, Instant other) => one > other ? one.Value : other;
    }

    /// <summary>The end of the last occurrence before a moment, looked for from there; the moment itself where that finds none.</summary>
    Instant LastEndBefore(Instant end, int most, CancellationToken cancellation)
    {
        foreach (var days in LookBack)
        {
            try
            {
                var last = Instances(ZoneRules.Later(end, -Duration.FromDays(days)), end, new ExpansionBudget(BudgetFor(most), cancellation)).Select(occurrence => (Instant?)occurrence.End).Max();
                if (last is { } found) return found;
            }
            catch (ExpansionRefusedException)
            {
                return end;
            }
        }

        return end;
    }

    Instant EndBy(ICalTime until) =>
        ZoneRules.Later(_zones.Resolve(until.IsDate ? until.At(until.Local.PlusDays(until.Local.Year < 9990 ? 1 : 0)) : until, _floating), Reach);

    static int BudgetFor(int most) => 100_000 + Math.Min(most, 1_000_000) * 20;

    List<RecurrenceRule> RulesOf(string name) => [.. (Master?.PropertiesOf(name) ?? []).Select(property => RecurrenceRule.Parse(property.Value)).OfType<RecurrenceRule>()];

    void ReadDates()
    {
        if (_master is null) return;
        foreach (var property in Master!.PropertiesOf("RDATE"))
        {
            foreach (var value in property.Value.Split(','))
            {
                var slash = value.IndexOf('/', StringComparison.Ordinal);
                if (ICalTime.Parse(slash < 0 ? value : value.AsSpan(0, slash), property.Parameter("TZID")) is not { } time) continue;
                var id = RecurrenceIdOf(time);
                _dates[id] = slash < 0 ? _dates.GetValueOrDefault(id) : LengthOf(time, value[(slash + 1)..], property.Parameter("TZID"));
            }
        }

        foreach (var time in Master.PropertiesOf("EXDATE").SelectMany(ICalTime.AllOf))
        {
            if (time.IsDate) _exceptionDays.Add(time.Local.Date);
            _exceptions.Add(RecurrenceIdOf(time));
        }
    }

    /// <summary>The length of a PERIOD, whose second half is an end or a duration (RFC 5545 §3.3.9).</summary>
    ICalDuration? LengthOf(ICalTime start, string second, string? tzid)
    {
        if (ICalDuration.Parse(second) is { IsNegative: false } duration) return duration;
        if (ICalTime.Parse(second, tzid) is not { } end) return null;
        var length = _zones.Resolve(end, _floating) - _zones.Resolve(start, _floating);
        return length < Duration.Zero ? null : ICalDuration.Exact(length);
    }

    void ReadOverride(ICalComponent component)
    {
        if (ICalTime.Of(component.Property("RECURRENCE-ID")) is not { } time) return;
        var id = RecurrenceIdOf(time);
        var template = OccurrenceTemplate.Of(component, _zones, _floating) ?? AtItsTime(component, time);
        if (template is null || (_overrides.TryGetValue(id, out var other) && IsNewer(other.Component, component))) return;
        _overrides[id] = template;
        if (_master is null || !"THISANDFUTURE".Equals(component.Property("RECURRENCE-ID")!.Parameter("RANGE"), StringComparison.OrdinalIgnoreCase)) return;
        _futures.RemoveAll(future => future.From == id);
        var zone = _zones.ZoneOf(template.Start, _floating);
        var shift = Difference(ZoneRules.Local(ZoneRules.Resolve(id, _zone), zone), template.Start.Local);
        if (shift > -LongestShift && shift < LongestShift) _futures.Add((id, template, shift));
    }

    /// <summary>An instance that says nothing of its time takes place when the series says.</summary>
    OccurrenceTemplate? AtItsTime(ICalComponent component, ICalTime time)
    {
        var start = _master?.Start.At(RecurrenceIdOf(time)) ?? time;
        var timed = new ICalComponent(component.Name, [start.ToProperty("DTSTART")]);
        if (_master is not null) timed.Add(new ICalProperty("DURATION", _master.Length.ToString()));
        return OccurrenceTemplate.Of(timed, _zones, _floating)?.For(component);
    }

    static bool IsNewer(ICalComponent one, ICalComponent other)
    {
        var (mine, theirs) = (SequenceOf(one), SequenceOf(other));
        return mine != theirs ? mine > theirs : string.CompareOrdinal(one.Text("DTSTAMP"), other.Text("DTSTAMP")) > 0;
    }

    static int SequenceOf(ICalComponent component) => int.TryParse(component.Property("SEQUENCE")?.Value, out var sequence) ? sequence : 0;

    List<Occurrence> Overrides(Instant from, Instant to)
    {
        var found = new List<Occurrence>();
        foreach (var (id, template) in _overrides)
        {
            var zone = _zones.ZoneOf(template.Start, _floating);
            var occurrence = new Occurrence(id, template.Start, ZoneRules.Resolve(template.Start.Local, zone), template.EndOf(template.Start.Local, zone), template.Component, true);
            if (occurrence.Overlaps(from, to)) found.Add(occurrence);
        }

        return found;
    }

    Duration Slack => _rules.Exists(rule => rule.IsWithinDay) ? SlackWithinDay : SlackOfDays;

    /// <summary>How far an instance may reach behind the time its name says.</summary>
    Duration Reach => _futures.Select(future => future.Template.Length).Concat(_dates.Values.OfType<ICalDuration>()).Append(_master!.Length).Max().Approximate + Slack;

    /// <summary>The instances without components of their own, in the order of their names.</summary>
    IEnumerable<Occurrence> Instances(Instant from, Instant to, ExpansionBudget budget)
    {
        if (_master is null) yield break;
        var early = _futures.Select(future => future.Shift).Append(Duration.Zero).Max();
        var late = _futures.Select(future => -future.Shift).Append(Duration.Zero).Max();
        var (first, last) = (Bounded(from, -(Reach + early)), Bounded(to, late + Slack));
        var isRecurring = IsRecurring;
        // Without a rule there is nothing behind the last date, and what would be left out there is not looked for.
        if (_rules.Count == 0 && LocalDateTime.Max(_master.Start.Local, _dates.Keys.LastOrDefault(_master.Start.Local)) is var final && final < last) last = final.PlusSeconds(1);
        var excluded = Excluded(first, last, budget);
        Instant? before = null;
        foreach (var time in Times(first, last, budget))
        {
            budget.Spend(1);
            if (_overrides.ContainsKey(time) || IsExcluded(time) || excluded.Contains(time)) continue;
            var occurrence = InstanceAt(time, isRecurring);
            // Two times that clocks do not show, or one and the hour behind the gap, are the same moment: it is told once.
            if (occurrence.Begin == before) continue;
            before = occurrence.Begin;
            if (occurrence.Overlaps(from, to)) yield return occurrence;
        }
    }

    Occurrence InstanceAt(LocalDateTime time, bool isRecurring)
    {
        var begin = ZoneRules.Resolve(time, _zone);
        LocalDateTime? id = isRecurring ? time : null;
        var future = _futures.FindLastIndex(f => f.From <= time);
        if (future < 0)
        {
            var end = _dates.GetValueOrDefault(time) is { } length ? length.AddTo(time, _zone) : _master!.EndOf(time, _zone);
            return new Occurrence(id, _master!.Start.At(time), begin, end, _master.Component, false);
        }

        var (_, template, shift) = _futures[future];
        var zone = _zones.ZoneOf(template.Start, _floating);
        var start = template.Start.At(ZoneRules.Local(begin, zone).Plus(Period.FromTicks(shift.BclCompatibleTicks)));
        return new Occurrence(id, start, ZoneRules.Resolve(start.Local, zone), template.EndOf(start.Local, zone), template.Component, false);
    }

    HashSet<LocalDateTime> Excluded(LocalDateTime first, LocalDateTime last, ExpansionBudget budget)
    {
        var excluded = new HashSet<LocalDateTime>();
        foreach (var rule in _exceptionRules)
            foreach (var time in UntilEnd(rule, first, last, budget))
                excluded.Add(time);
        return excluded;
    }

    /// <summary>The times of the rules and dates together, each once, in their order.</summary>
    IEnumerable<LocalDateTime> Times(LocalDateTime first, LocalDateTime last, ExpansionBudget budget)
    {
        if (_master is null) yield break;
        var start = _master.Start.Local;
        var sources = _rules.Select(rule => UntilEnd(rule, first, last, budget)).ToList();
        sources.Add(_dates.Keys.Where(date => date >= first && date < last));
        if (_rules.Count == 0 && start >= first && start < last) sources.Add([start]);
        var queue = new PriorityQueue<IEnumerator<LocalDateTime>, LocalDateTime>(sources.Count);
        foreach (var source in sources)
        {
            var reader = source.GetEnumerator();
            if (reader.MoveNext()) queue.Enqueue(reader, reader.Current);
        }

        LocalDateTime? told = null;
        while (queue.TryDequeue(out var reader, out var time))
        {
            if (time != told) yield return time;
            told = time;
            if (reader.MoveNext()) queue.Enqueue(reader, reader.Current);
        }
    }

    IEnumerable<LocalDateTime> UntilEnd(RecurrenceRule rule, LocalDateTime first, LocalDateTime last, ExpansionBudget budget)
    {
        var start = _master!.Start;
        var isSkipped = _zones.IsFloating(start) ? (Func<LocalDateTime, bool>?)null : time => ZoneRules.IsSkipped(time, _zone);
        foreach (var time in RuleExpansion.Of(rule, start.Local, first, last, budget, isSkipped))
        {
            if (rule.Until is { } until && IsBeyond(time, until)) yield break;
            yield return time;
        }
    }

    /// <summary>
    /// Whether a time is beyond UNTIL, whatever its value type: a date ends with that day, and a day ends on the date of a time.
    /// </summary>
    bool IsBeyond(LocalDateTime time, ICalTime until)
    {
        if (until.IsDate || _master!.Start.IsDate) return time.Date > until.Local.Date;
        if (until.Kind == ICalTimeKind.Floating || _zones.IsFloating(_master.Start)) return time > until.Local;
        return ZoneRules.Resolve(time, _zone) > _zones.Resolve(until, _floating);
    }

    LocalDateTime Bounded(Instant instant, Duration by)
    {
        var last = Instant.FromUtc(9998, 1, 1, 0, 0);
        return ZoneRules.Local(Instant.Min(last, ZoneRules.Later(Instant.Min(last, instant), by)), _zone);
    }

    static Duration Difference(LocalDateTime from, LocalDateTime to) => to.InUtc().ToInstant() - from.InUtc().ToInstant();
}

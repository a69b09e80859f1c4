using System.Globalization;
using NodaTime;
using NodaTime.TimeZones;

namespace Bastide.Protocols.ICalendar;

/// <summary>The zone that a VTIMEZONE describes (RFC 5545 §3.6.5), for names that nobody else knows.</summary>
sealed class EmbeddedTimeZone : DateTimeZone
{
    const int MostTransitions = 2000;
    const int LastYear = 2150;
    readonly List<(Instant At, Offset Offset, string Name)> _transitions;
    readonly Offset _first;

    EmbeddedTimeZone(string id, Offset first, List<(Instant At, Offset Offset, string Name)> transitions, Offset least, Offset most) : base(id, false, least, most)
    {
        _first = first;
        _transitions = transitions;
    }

    /// <summary>The zone, or null when the component describes none.</summary>
    public static EmbeddedTimeZone? Of(ICalComponent component, CancellationToken cancellation)
    {
        if (component.Text("TZID") is not { } id) return null;
        var transitions = new List<(Instant At, Offset From, Offset Offset, string Name)>();
        foreach (var observance in component.Components.Where(c => c.Is("STANDARD") || c.Is("DAYLIGHT")))
            AddOnsets(observance, transitions, cancellation);
        if (transitions.Count == 0) return null;
        transitions.Sort((a, b) => a.At.CompareTo(b.At));
        var first = transitions[0].From;
        var offsets = transitions.Select(t => t.Offset).Append(first).ToList();
        return new EmbeddedTimeZone(id, first, [.. transitions.Select(t => (t.At, t.Offset, t.Name))], offsets.Min(), offsets.Max());
    }

    /// <inheritdoc/>
    public override ZoneInterval GetZoneInterval(Instant instant)
    {
        var (low, high) = (0, _transitions.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_transitions[middle].At <= instant) low = middle + 1;
            else high = middle;
        }

        // Onsets that change nothing are one interval with what is around them: NodaTime relies on it.
        var (begin, end) = (low - 1, low);
        var offset = OffsetOf(begin);
        while (begin >= 0 && OffsetOf(begin - 1) == offset) begin--;
        while (end < _transitions.Count && _transitions[end].Offset == offset) end++;
        return new ZoneInterval(
            begin < 0 ? Id : _transitions[begin].Name,
            begin < 0 ? null : _transitions[begin].At,
            end == _transitions.Count ? null : _transitions[end].At,
            offset, Offset.Zero);
    }

    Offset OffsetOf(int transition) => transition < 0 ? _first : _transitions[transition].Offset;

    static void AddOnsets(ICalComponent observance, List<(Instant, Offset, Offset, string)> transitions, CancellationToken cancellation)
    {
        if (ICalTime.Of(observance.Property("DTSTART")) is not { } start) return;
        if (ReadOffset(observance.Text("TZOFFSETFROM")) is not { } from || ReadOffset(observance.Text("TZOFFSETTO")) is not { } to) return;
        var name = observance.Text("TZNAME") is { Length: > 0 } given ? given : observance.Name;
        foreach (var onset in Onsets(observance, start.Local, from, cancellation).Prepend(start.Local).Distinct().Take(MostTransitions))
            transitions.Add((onset.InZoneStrictly(ForOffset(from)).ToInstant(), from, to, name));
    }

    static IEnumerable<LocalDateTime> Onsets(ICalComponent observance, LocalDateTime start, Offset from, CancellationToken cancellation)
    {
        foreach (var date in observance.PropertiesOf("RDATE").SelectMany(ICalTime.AllOf)) yield return date.Local;
        if (observance.Property("RRULE") is not { } property || RecurrenceRule.Parse(property.Value) is not { } rule) yield break;
        var until = rule.Until is { Kind: ICalTimeKind.Utc } utc ? utc.Local.PlusSeconds(from.Seconds) : rule.Until?.Local;
        var budget = new ExpansionBudget(100_000, cancellation);
        foreach (var onset in RuleExpansion.Of(rule, start, start, new LocalDateTime(LastYear, 1, 1, 0, 0), budget))
        {
            if (onset > until) yield break;
            yield return onset;
        }
    }

    /// <summary>Reads <c>+0100</c>, with seconds too; null for anything else.</summary>
    static Offset? ReadOffset(string? text)
    {
        text = text?.Trim();
        if (text is not { Length: 5 or 7 } || text[0] is not ('+' or '-')) return null;
        if (!int.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var digits)) return null;
        if (text.Length == 5) digits *= 100;
        var seconds = digits / 10_000 * 3600 + digits / 100 % 100 * 60 + digits % 100;
        return seconds > 18 * 3600 ? null : Offset.FromSeconds(text[0] == '-' ? -seconds : seconds);
    }
}

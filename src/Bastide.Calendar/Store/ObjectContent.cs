using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Bastide.Calendar.Attachments;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.JSCalendar;
using NodaTime;

namespace Bastide.Calendar.Store;

/// <summary>
/// A calendar object as it is to be stored: its text, and everything that is told of it without reading the text. Made outside
/// of any transaction, because a series may take a while.
/// </summary>
sealed class ObjectContent
{
    /// <summary>The most occurrences of an object that are indexed.</summary>
    public const int MostIndexed = 3000;

    /// <summary>How far back the index reaches.</summary>
    public static readonly Duration Past = Duration.FromDays(366);

    /// <summary>How far ahead.</summary>
    public static readonly Duration Future = Duration.FromDays(2 * 366);

    static readonly Duration Near = Duration.FromDays(60);

    IReadOnlyList<AttachedBlob>? _attachments;

    ObjectContent(CalendarObject calendar, byte[] text, ObjectRow row, IReadOnlyList<OccurrenceRow> occurrences, IReadOnlyList<string> events)
    {
        Calendar = calendar;
        Text = text;
        Row = row;
        Occurrences = occurrences;
        Events = events;
    }

    /// <summary>The object.</summary>
    public CalendarObject Calendar { get; }

    /// <summary>The octets that are kept.</summary>
    public byte[] Text { get; }

    /// <summary>What its row says, place and sequence apart.</summary>
    public ObjectRow Row { get; }

    /// <summary>What is indexed.</summary>
    public IReadOnlyList<OccurrenceRow> Occurrences { get; }

    /// <summary>Whether its text may call on somebody.</summary>
    public bool HasAlarms => Row.Kind == CalendarKinds.Event && (Calendar.Components.Any(component => component.ComponentsOf("VALARM").Any()) || Text.AsSpan().IndexOf("useDefaultAlerts"u8) >= 0);

    /// <summary>What it says is attached to it here.</summary>
    public IReadOnlyList<AttachedBlob> Attachments => _attachments ??= Text.AsSpan().IndexOf("MANAGED-ID"u8) < 0 ? [] : AttachmentAddress.In(Calendar.Components);

    /// <summary>The recurrence ids of the events JMAP sees in it; the empty one is a series.</summary>
    public IReadOnlyList<string> Events { get; }

    /// <summary>Reads a text as it is to be kept. Throws <see cref="ICalFormatException"/>.</summary>
    public static ObjectContent Read(ReadOnlyMemory<byte> text, DateTimeOffset now, CancellationToken cancellation) =>
        Of(CalendarObject.Of(ICalReader.ReadCalendar(text.Span, ICalLimits.Object)), text.ToArray(), now, cancellation);

    /// <summary>Writes an object that was made or changed here.</summary>
    public static ObjectContent Write(CalendarObject calendar, DateTimeOffset now, CancellationToken cancellation) => Of(calendar, ICalWriter.Write(calendar.Calendar), now, cancellation);

    /// <summary>The same with another schedule tag (RFC 6638 §3.2.10).</summary>
    public ObjectContent WithScheduleTag(string? tag) => new(Calendar, Text, Row with { ScheduleTag = tag }, Occurrences, Events);

    /// <summary>The kind of a component's name.</summary>
    public static CalendarKinds KindOf(string name) => name switch
    {
        "VEVENT" => CalendarKinds.Event,
        "VTODO" => CalendarKinds.Task,
        "VJOURNAL" => CalendarKinds.Journal,
        "VAVAILABILITY" => CalendarKinds.Availability,
        _ => CalendarKinds.None,
    };

    /// <summary>The entity tag of a text.</summary>
    public static string ETagOf(ReadOnlySpan<byte> text) => Convert.ToHexStringLower(XxHash128.Hash(text));

    static ObjectContent Of(CalendarObject calendar, byte[] text, DateTimeOffset now, CancellationToken cancellation)
    {
        var zones = calendar.Zones(cancellation);
        var set = new RecurrenceSet(calendar.Components, zones, DateTimeZone.Utc);
        var told = calendar.Master ?? calendar.Instances.First();
        var row = new ObjectRow
        {
            CalendarId = 0,
            Resource = "",
            Uid = calendar.Uid,
            Kind = KindOf(calendar.Kind),
            ETag = ETagOf(text),
            Size = text.Length,
            IsRecurring = set.IsRecurring,
            IsFloating = set.IsFloating,
            IndexKey = "",
            Privacy = PrivacyOf(told),
            CreatedAt = TimeOf(told, "CREATED") ?? now,
            UpdatedAt = TimeOf(told, "LAST-MODIFIED") ?? TimeOf(told, "DTSTAMP") ?? now,
        };
        var (indexed, occurrences) = Index(row, calendar, set, zones, now, cancellation);
        return new ObjectContent(calendar, text, indexed, occurrences, EventsOf(calendar, zones));
    }

    static (ObjectRow Row, List<OccurrenceRow> Occurrences) Index(ObjectRow row, CalendarObject calendar, RecurrenceSet set, ICalTimeZones zones, DateTimeOffset now, CancellationToken cancellation)
    {
        // Availability is not something that takes place.
        if (row.Kind == CalendarKinds.Availability) return (row, []);
        var (firsts, seen) = set.ExpandUpTo(Instant.MinValue, Instant.MaxValue, calendar.Instances.Count() + 1, cancellation);
        var first = firsts.Select(occurrence => (Instant?)occurrence.Begin).Min();
        // One whose exceptions are more than are looked through begins, as far as is known, where it says.
        if (first is null && seen < Instant.MaxValue && ICalTime.Of(calendar.Master?.Property("DTSTART")) is { } start) first = zones.Resolve(start, DateTimeZone.Utc);
        if (first is not { } begin) return (row, []);
        var moment = Instant.FromDateTimeOffset(now);
        var (from, to) = (moment - Past, moment + Future);
        var last = set.LastEnd(MostIndexed, cancellation);
        var isWhole = !set.IsRecurring || begin >= from;
        var (found, until) = set.IsRecurring ? set.ExpandUpTo(isWhole ? Instant.MinValue : from, to, MostIndexed, cancellation) : set.ExpandUpTo(Instant.MinValue, Instant.MaxValue, MostIndexed, cancellation);
        if (until < moment + Near && found.Count >= MostIndexed && begin < moment)
        {
            // One that recurs often would fill the index with what is past.
            (isWhole, from) = (false, moment - Duration.FromDays(2));
            (found, until) = set.ExpandUpTo(from, to, MostIndexed, cancellation);
        }

        var key = EventSeries.KeysOf(calendar, zones);
        var occurrences = found.Select(occurrence => ToRow(occurrence, key, zones, row.Kind)).ToList();
        var isToLast = !set.IsRecurring || (last is { } end && end <= until && found.Count < MostIndexed);
        return (row with
        {
            BeginAt = begin.ToUnixTimeSeconds(),
            EndAt = last?.ToUnixTimeSeconds(),
            IndexedFrom = isWhole ? null : from.ToUnixTimeSeconds(),
            IndexedUntil = isToLast ? null : until.ToUnixTimeSeconds(),
            IndexKey = KeyOf(occurrences),
        }, occurrences);
    }

    /// <summary>An occurrence as the index has it.</summary>
    public static OccurrenceRow ToRow(Occurrence occurrence, Func<LocalDateTime, string> key, ICalTimeZones zones, CalendarKinds kind) => new(
        0, 0, occurrence.RecurrenceId is { } id ? key(id) : "", occurrence.Begin.ToUnixTimeSeconds(), occurrence.End.ToUnixTimeSeconds(), zones.IsFloating(occurrence.Start), BusyOf(occurrence.Component, kind));

    /// <summary>What an occurrence of a component makes of its time.</summary>
    public static BusyKind BusyOf(ICalComponent component, CalendarKinds kind)
    {
        var status = component.Property("STATUS")?.Value.Trim();
        if ("CANCELLED".Equals(status, StringComparison.OrdinalIgnoreCase)) return BusyKind.Cancelled;
        if (kind != CalendarKinds.Event || "TRANSPARENT".Equals(component.Property("TRANSP")?.Value.Trim(), StringComparison.OrdinalIgnoreCase)) return BusyKind.Free;
        return "TENTATIVE".Equals(status, StringComparison.OrdinalIgnoreCase) ? BusyKind.Tentative : BusyKind.Busy;
    }

    static EventPrivacy PrivacyOf(ICalComponent component) => component.Property("CLASS")?.Value.Trim().ToUpperInvariant() switch
    {
        null or "" or "PUBLIC" => EventPrivacy.Public,
        "CONFIDENTIAL" => EventPrivacy.Secret,
        _ => EventPrivacy.Private,
    };

    static DateTimeOffset? TimeOf(ICalComponent component, string name) =>
        ICalTime.Of(component.Property(name)) is { } time ? ZoneRules.Resolve(time.Local, DateTimeZone.Utc).ToDateTimeOffset() : null;

    static List<string> EventsOf(CalendarObject calendar, ICalTimeZones zones)
    {
        if (calendar.Kind != "VEVENT") return [];
        if (calendar.Master is not null) return [""];
        return [.. EventSeries.RecurrenceIds(calendar, zones).Distinct(StringComparer.Ordinal)];
    }

    static string KeyOf(List<OccurrenceRow> occurrences)
    {
        var hash = new XxHash128();
        Span<byte> line = stackalloc byte[256];
        foreach (var row in occurrences)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"{row.RecurrenceId} {row.BeginAt} {row.EndAt} {row.IsFloating} {row.Busy}\n");
            hash.Append(line[..Encoding.UTF8.GetBytes(text, line)]);
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }
}

using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Bastide.Protocols.ICalendar;

namespace Bastide.Calendar.Sources;

/// <summary>
/// What a source holds, as it is kept: each object under a UID of the calendar's own, so that it stands beside an invitation to
/// the same event and never in its place; without alarms, which are for whoever published it.
/// </summary>
sealed class SourceContent
{
    /// <summary>The most objects of a source.</summary>
    public const int MostObjects = 20_000;

    const int LongestUid = 500;
    static readonly ICalLimits Limits = ICalLimits.Calendar with { MostOctets = SourceFetch.MostOctets, MostLines = 2_000_000, MostLineOctets = 2 << 20 };

    SourceContent(IReadOnlyDictionary<string, CalendarObject> objects, TimeSpan? every)
    {
        Objects = objects;
        Every = every;
    }

    /// <summary>The objects by the UID they have here.</summary>
    public IReadOnlyDictionary<string, CalendarObject> Objects { get; }

    /// <summary>How often it asks to be read (RFC 7986 §5.7, and what was used before).</summary>
    public TimeSpan? Every { get; }

    /// <summary>Reads it for a calendar. What is no object in it is left out; what is no calendar is refused.</summary>
    public static (SourceContent? Content, SourceError? Error) Read(ReadOnlySpan<byte> octets, long calendar)
    {
        List<ICalComponent> file;
        try
        {
            file = ICalReader.ReadFile(octets, Limits);
        }
        catch (ICalFormatException exception)
        {
            return (null, new SourceError("notCalendar", $"It is no calendar: {exception.Message}"));
        }

        if (!file.Exists(component => component.Is("VCALENDAR"))) return (null, new SourceError("notCalendar", "It is no calendar."));
        var objects = new Dictionary<string, CalendarObject>(StringComparer.Ordinal);
        foreach (var (found, _) in ICalendarSplit.Objects(file))
        {
            if (found is null or { Kind: "VAVAILABILITY" }) continue;
            if (objects.Count >= MostObjects) return (null, new SourceError("tooLarge", $"It has more than {MostObjects} events."));
            var uid = UidOf(found.Uid, calendar);
            foreach (var component in found.Components.ToList())
            {
                component.Set("UID", uid);
                foreach (var alarm in component.ComponentsOf("VALARM").ToList()) component.Remove(alarm);
            }

            objects.TryAdd(uid, CalendarObject.Of(found.Calendar));
        }

        return (new SourceContent(objects, EveryOf(file)), null);
    }

    /// <summary>The same for two texts that mean the same: many sources say of each event that it was made just now.</summary>
    public static string KeyOf(CalendarObject calendar)
    {
        var hash = new XxHash128();
        foreach (var component in calendar.Components)
        {
            var told = component.Clone();
            told.RemoveAll("DTSTAMP");
            hash.Append(Encoding.UTF8.GetBytes(ICalWriter.WriteText(told)));
        }

        return Convert.ToHexString(hash.GetCurrentHash());
    }

    static string UidOf(string uid, long calendar)
    {
        var told = uid.Length <= LongestUid ? uid : Convert.ToHexStringLower(XxHash128.Hash(Encoding.UTF8.GetBytes(uid)));
        return string.Create(CultureInfo.InvariantCulture, $"c{calendar}-{told}");
    }

    static TimeSpan? EveryOf(List<ICalComponent> file)
    {
        foreach (var name in (string[])["REFRESH-INTERVAL", "X-PUBLISHED-TTL"])
            if (ICalDuration.Parse(file[0].Property(name)?.Value) is { IsNegative: false } every && every > ICalDuration.Zero)
                return every.Approximate.ToTimeSpan();
        return null;
    }
}

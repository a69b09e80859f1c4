using System.Text.Json.Nodes;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.Jmap;
using Bastide.Protocols.JSCalendar;
using Bastide.Protocols.Tests.ICalendar;
using NodaTime;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.JSCalendar;

public sealed class EventRoundTripTests
{
    [Fact]
    public void Any_event_comes_back_as_it_went()
    {
        for (var seed = 0; seed < 400; seed++)
        {
            var given = RandomEvents.Event(new Random(seed));
            var invalid = new InvalidProperties();
            EventCheck.Check(given, invalid);
            invalid.Any.ShouldBeFalse($"{seed}: {(invalid.Any ? invalid.ToError().Description : "")} {given.ToJsonString()}");
            ShouldBeSame(Events.Again(given), EventNormal.Of(given), seed);
        }
    }

    [Fact]
    public void Any_change_makes_of_an_event_what_it_says()
    {
        for (var seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            var calendar = CalendarObject.Of(EventSeriesWriter.Create(EventNormal.Of(RandomEvents.Event(random)), "-//Tests//EN", Events.Now));
            var before = Events.Read(calendar);
            var changed = RandomEvents.Changed(before, random);
            var after = EventNormal.Merge(before, changed);
            EventSeriesWriter.Update(calendar, before, after);
            ShouldBeSame(Events.Read(Events.Object(ICalWriter.WriteText(calendar.Calendar))), EventNormal.Of(changed), seed);
        }
    }

    public static TheoryData<string> Cases => [.. HardCases.All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_an_event_means_in_time_is_the_same_in_both_forms(string name)
    {
        var hard = HardCases.All[name];
        // Further rules have no place in JSCalendar, and more than one following is told as far as anybody looks.
        if (hard.Text.Contains("INTERVAL=0", StringComparison.Ordinal) || hard.Text.Contains("EXRULE", StringComparison.Ordinal) || hard.Text.Split("RRULE").Length > 2 || hard.Text.StartsWith("RECURRENCE-ID", StringComparison.Ordinal)) return;
        var calendar = CalendarObject.Of(hard.Calendar());
        var made = CalendarObject.Of(EventSeriesWriter.Create(EventNormal.Of(Events.Read(calendar)), "-//Tests//EN", Events.Now));
        Told(made, hard).ShouldBe(Told(calendar, hard));
    }

    static string Told(CalendarObject calendar, HardCase hard)
    {
        var set = new RecurrenceSet(calendar.Components, calendar.Zones(), DateTimeZoneProviders.Tzdb[hard.Zone]);
        var (from, to) = hard.Window;
        return string.Join(' ', set.Expand(from, to, 1000, CancellationToken.None).Select(occurrence => $"{occurrence.Begin}/{occurrence.End}"));
    }

    static void ShouldBeSame(JsonObject read, JsonObject given, int seed)
    {
        var normal = EventNormal.Of(read);
        foreach (var name in new[] { "updated", "prodId" })
            if (!given.ContainsKey(name))
                normal.Remove(name);
        JsonNode.DeepEquals(normal, given).ShouldBeTrue($"{seed}: {JsonPointers.Difference(given, normal).ToJsonString()}\nof {given.ToJsonString()}");
    }
}

using System.Text.Json.Nodes;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.JSCalendar;
using NodaTime;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.JSCalendar;

/// <summary>A change writes what it names into the text, and nothing else.</summary>
public sealed class EventChangeTests
{
    const string Series =
        "X-LIC-ERROR;X-A=1:odd|SUMMARY;X-P=q:Stand-up\\, daily|DTSTART;TZID=\"W. Europe Standard Time\":20240101T140000|DTEND;TZID=\"W. Europe Standard Time\":20240101T150000|DTSTAMP:20231201T000000Z|RRULE:WKST=SU;FREQ=DAILY;X-EXT=1|" +
        "EXDATE;TZID=\"W. Europe Standard Time\":20240105T140000,20240106T140000|LOCATION;ALTREP=\"http://x\":Here|CATEGORIES:One,Two|STATUS:X-ODD|ORGANIZER;X-K=v;CN=Al:MAILTO:al@example.com|" +
        "ATTENDEE;X-NUM-GUESTS=0;CN=Al;PARTSTAT=ACCEPTED:MAILTO:al@example.com|ATTENDEE;X-NUM-GUESTS=1;CN=Bo;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:bo@example.com|BEGIN:VALARM|X-WR-ALARMUID:1|ACTION:AUDIO|TRIGGER:-PT15M|ATTACH;VALUE=URI:Basso|END:VALARM" +
        "||RECURRENCE-ID;TZID=\"W. Europe Standard Time\":20240103T140000|SUMMARY:Other|DTSTART;TZID=\"W. Europe Standard Time\":20240103T160000|DTEND;TZID=\"W. Europe Standard Time\":20240103T170000|X-OWN:1|DTSTAMP:20231202T000000Z|CLASS:PRIVATE";

    [Fact]
    public void Nothing_named_is_nothing_changed()
    {
        var calendar = Events.Object(Series);
        var before = Events.Lines(calendar);
        Events.Change(calendar, "{}");
        Events.Lines(calendar).ShouldBe([.. before]);
    }

    [Theory]
    [InlineData("""{"title":"New"}""", "SUMMARY;X-P=q:New")]
    [InlineData("""{"status":"cancelled"}""", "STATUS:CANCELLED")]
    [InlineData("""{"keywords/Two":null}""", "CATEGORIES:One")]
    [InlineData("""{"keywords/Three":true}""", "CATEGORIES:One,Two,Three")]
    [InlineData("""{"duration":"PT90M"}""", "DTEND;TZID=W. Europe Standard Time:20240101T153000")]
    [InlineData("""{"recurrenceRule":{"frequency":"weekly"}}""", "RRULE:FREQ=WEEKLY")]
    public void One_property_is_one_line(string patch, string line)
    {
        var calendar = Events.Object(Series.Split("||")[0]);
        var before = Events.Lines(calendar);
        Events.Change(calendar, patch);
        var after = Events.Lines(calendar);
        after.Count.ShouldBe(before.Count);
        after.Except(before).ShouldBe([line]);
    }

    [Fact]
    public void An_answer_changes_one_parameter()
    {
        var calendar = Events.Object(Series);
        var before = Events.Lines(calendar);
        var bo = ((JsonObject)Events.Read(calendar)["participants"]!).Single(person => person.Value!["name"]!.ToString() == "Bo").Key;
        Events.Change(calendar, $$"""{"participants/{{bo}}/participationStatus":"accepted"}""");
        Events.Lines(calendar).Except(before).ShouldBe(["ATTENDEE;X-NUM-GUESTS=1;CN=Bo;PARTSTAT=ACCEPTED;RSVP=TRUE:mailto:bo@example.com"]);
    }

    [Fact]
    public void A_place_keeps_its_id_when_its_name_changes()
    {
        var calendar = Events.Object(Series);
        var id = ((JsonObject)Events.Read(calendar)["locations"]!).Single().Key;
        Events.Change(calendar, $$"""{"locations/{{id}}/name":"There"}""");
        Events.Read(calendar)["locations"]![id]!["name"]!.ToString().ShouldBe("There");
        Events.Lines(calendar).ShouldContain($"LOCATION;ALTREP=\"http://x\";JSID={id}:There");
    }

    [Fact]
    public void An_instance_gets_a_component_that_says_what_the_series_says_but_for_the_patch()
    {
        var calendar = Events.Object(Series);
        var before = Events.Lines(calendar);
        Events.Change(calendar, """{"recurrenceOverrides/2024-01-09T14:00:00":{"title":"Only today","start":"2024-01-09T15:00:00"}}""");
        var added = Events.Lines(calendar).Skip(before.Count - 1).ToList();
        added.ShouldContain("RECURRENCE-ID;TZID=W. Europe Standard Time:20240109T140000");
        added.ShouldContain("DTSTART;TZID=W. Europe Standard Time:20240109T150000");
        added.ShouldContain("DTEND;TZID=W. Europe Standard Time:20240109T160000");
        added.ShouldContain("SUMMARY;X-P=q:Only today");
        added.ShouldContain("X-LIC-ERROR;X-A=1:odd");
        added.ShouldContain("ATTACH;VALUE=URI:Basso");
        added.ShouldNotContain(line => line.StartsWith("RRULE", StringComparison.Ordinal) || line.StartsWith("EXDATE", StringComparison.Ordinal));
        Events.Lines(calendar).Take(before.Count - 1).ShouldBe(before.Take(before.Count - 1));
    }

    [Fact]
    public void Instances_are_taken_out_and_put_back()
    {
        var calendar = Events.Object(Series);
        Events.Change(calendar, """{"recurrenceOverrides/2024-01-03T14:00:00":{"excluded":true},"recurrenceOverrides/2024-01-05T14:00:00":null,"recurrenceOverrides/2024-01-10T14:00:00":{"excluded":true},"recurrenceOverrides/2024-01-10T18:00:00":{}}""");
        calendar.Instances.ShouldBeEmpty();
        var days = Expand(calendar).Select(start => start[5..16]).Take(10).ToList();
        days.ShouldBe(["01-01T13:00", "01-02T13:00", "01-04T13:00", "01-05T13:00", "01-07T13:00", "01-08T13:00", "01-09T13:00", "01-10T17:00", "01-11T13:00", "01-12T13:00"]);
    }

    [Fact]
    public void A_change_of_the_series_reaches_instances_that_do_not_say_otherwise()
    {
        var calendar = Events.Object(Series);
        Events.Change(calendar, """{"title":"New","status":"tentative"}""");
        var instance = calendar.Instances.Single();
        instance.Text("SUMMARY").ShouldBe("Other");
        instance.Text("STATUS").ShouldBe("TENTATIVE");
        instance.Text("CLASS").ShouldBe("PRIVATE");
        instance.Text("X-OWN").ShouldBe("1");
    }

    [Fact]
    public void A_change_of_the_clock_names_every_instance_anew()
    {
        var calendar = Events.Object(Series);
        Events.Change(calendar, """{"timeZone":"Asia/Tokyo"}""");
        var lines = Events.Lines(calendar);
        lines.ShouldContain("RECURRENCE-ID;TZID=Asia/Tokyo:20240103T140000");
        lines.ShouldContain("EXDATE;TZID=Asia/Tokyo:20240105T140000");
        lines.ShouldContain("TZID:Asia/Tokyo");
        Events.Read(calendar)["recurrenceOverrides"]!["2024-01-05T14:00:00"]!["excluded"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public void What_iCalendar_has_no_word_for_is_kept_and_inherited()
    {
        var calendar = Events.Object(Series);
        Events.Change(calendar, """{"example.com:mood":{"a":[1,"b;,"]},"localizations":{"fr":{"title":"Bonjour"}},"recurrenceOverrides/2024-01-03T14:00:00/example.com:own":1}""");
        var read = Events.Read(Events.Object(ICalWriter.WriteText(calendar.Calendar)));
        read["example.com:mood"]!.ToJsonString().ShouldBe("""{"a":[1,"b;,"]}""");
        read["localizations"]!.ToJsonString().ShouldBe("""{"fr":{"title":"Bonjour"}}""");
        read["recurrenceOverrides"]!["2024-01-03T14:00:00"]!["example.com:own"]!.GetValue<int>().ShouldBe(1);
        ((JsonObject)read["recurrenceOverrides"]!["2024-01-03T14:00:00"]!).ContainsKey("example.com:mood").ShouldBeFalse();
    }

    [Fact]
    public void What_another_program_took_away_takes_with_it_what_only_JSCalendar_said_of_it()
    {
        var calendar = Events.Object(Series);
        var id = ((JsonObject)Events.Read(calendar)["locations"]!).Single().Key;
        Events.Change(calendar, $$"""{"locations/{{id}}/example.com:floor":3}""");
        calendar.Master!.RemoveAll("LOCATION");
        Events.Read(calendar).ContainsKey("locations").ShouldBeFalse();
    }

    static IEnumerable<string> Expand(CalendarObject calendar) =>
        new RecurrenceSet(calendar.Components, calendar.Zones(), DateTimeZone.Utc).Expand(Instant.FromUtc(2024, 1, 1, 0, 0), Instant.FromUtc(2024, 3, 1, 0, 0), 1000, CancellationToken.None).Select(occurrence => occurrence.Begin.ToString());
}

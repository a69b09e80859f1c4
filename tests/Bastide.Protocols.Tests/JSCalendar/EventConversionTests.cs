using System.Text.Json.Nodes;
using Bastide.Protocols.JSCalendar;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.JSCalendar;

/// <summary>What iCalendar says in the words of JSCalendar, and the same back in the words it had.</summary>
public sealed class EventConversionTests
{
    [Theory]
    [InlineData("DTSTART;TZID=Europe/Berlin:20241017T130000|DTEND;TZID=Asia/Bangkok:20241018T040000", """{"start":"2024-10-17T13:00:00","timeZone":"Europe/Berlin","duration":"PT10H","endTimeZone":"Asia/Bangkok"}""")]
    [InlineData("DTSTART;VALUE=DATE:20240102|DTEND;VALUE=DATE:20240107", """{"start":"2024-01-02T00:00:00","duration":"P5D","showWithoutTime":true}""")]
    [InlineData("DTSTART;VALUE=DATE:20240102", """{"start":"2024-01-02T00:00:00","duration":"P1D","showWithoutTime":true}""")]
    [InlineData("DTSTART:20240921T105302Z", """{"start":"2024-09-21T10:53:02","timeZone":"Etc/UTC"}""")]
    [InlineData("DTSTART:20240921T105302|DURATION:P1DT2H", """{"start":"2024-09-21T10:53:02","duration":"P1DT2H"}""")]
    [InlineData("DTSTART;TZID=W. Europe Standard Time:20241121T105302", """{"start":"2024-11-21T10:53:02","timeZone":"Europe/Berlin"}""")]
    [InlineData("DTSTART:20240101|SUMMARY;LANGUAGE=fr:Fête d'anniversaire|DESCRIPTION:a\\;b\\nc", """{"title":"Fête d'anniversaire","locale":"fr","description":"a;b\nc"}""")]
    [InlineData("DTSTART:20240101|STYLED-DESCRIPTION;FMTTYPE=text/html:<b>x</b>|DESCRIPTION;DERIVED=TRUE:x", """{"description":"<b>x</b>","descriptionContentType":"text/html"}""")]
    [InlineData("DTSTART:20240101|CLASS:CONFIDENTIAL|TRANSP:TRANSPARENT|STATUS:TENTATIVE|PRIORITY:3|SEQUENCE:7|COLOR:maroon", """{"privacy":"secret","freeBusyStatus":"free","status":"tentative","priority":3,"sequence":7,"color":"maroon"}""")]
    [InlineData("DTSTART:20240101|CLASS:X-OWN", """{"privacy":"private"}""")]
    [InlineData("DTSTART:20240101|CREATED:20240329T133000Z|DTSTAMP:20240330T133000Z", """{"created":"2024-03-29T13:30:00Z","updated":"2024-03-30T13:30:00Z"}""")]
    [InlineData("DTSTART:20240101|CATEGORIES:Favorites,Work\\, hard|CATEGORIES:Meeting|CONCEPT:https://example.com/music", """{"keywords":{"Favorites":true,"Work, hard":true,"Meeting":true},"categories":{"https://example.com/music":true}}""")]
    [InlineData("DTSTART:20240101|RELATED-TO:a|RELATED-TO;RELTYPE=CHILD:b", """{"relatedTo":{"a":{"@type":"Relation"},"b":{"@type":"Relation","relation":{"child":true}}}}""")]
    [InlineData("DTSTART:20240101|LOCATION;JSID=l:Taj Mahal|GEO:27.175;78.041944", """{"locations":{"l":{"@type":"Location","name":"Taj Mahal","coordinates":"geo:27.175,78.041944"}}}""")]
    [InlineData("DTSTART:20240101|CONFERENCE;JSID=c;VALUE=URI;FEATURE=AUDIO,VIDEO;LABEL=Call:https://chat.example.com/1", """{"virtualLocations":{"c":{"@type":"VirtualLocation","uri":"https://chat.example.com/1","name":"Call","features":{"audio":true,"video":true}}}}""")]
    [InlineData("DTSTART:20240101|ATTACH;JSID=a;FMTTYPE=application/pdf;FILENAME=x.pdf;SIZE=12:https://example.com/x.pdf", """{"links":{"a":{"@type":"Link","href":"https://example.com/x.pdf","contentType":"application/pdf","size":12,"title":"x.pdf","rel":"enclosure"}}}""")]
    [InlineData("DTSTART:20240101|ATTACH;JSID=a;ENCODING=BASE64;VALUE=BINARY;FMTTYPE=image/png:iVBORw==", """{"links":{"a":{"@type":"Link","href":"data:image/png;base64,iVBORw==","contentType":"image/png","rel":"enclosure"}}}""")]
    [InlineData("DTSTART:20240101|IMAGE;JSID=i;VALUE=URI;DISPLAY=BADGE,THUMBNAIL;LABEL=An image:https://example.com/p.png|URL;JSID=u:https://example.com/", """{"links":{"i":{"@type":"Link","href":"https://example.com/p.png","title":"An image","rel":"icon","display":{"badge":true,"thumbnail":true}},"u":{"@type":"Link","href":"https://example.com/","rel":"describedby"}}}""")]
    [InlineData("DTSTART:20240101|ORGANIZER;CN=Jane Doe:mailto:foo@example.com|ATTENDEE;JSID=f;PARTSTAT=ACCEPTED;ROLE=CHAIR:mailto:foo@example.com|ATTENDEE;JSID=b;CUTYPE=ROOM;RSVP=TRUE;PARTSTAT=TENTATIVE;ROLE=NON-PARTICIPANT:mailto:bar@example.com",
        """{"organizerCalendarAddress":"mailto:foo@example.com","participants":{"f":{"@type":"Participant","calendarAddress":"mailto:foo@example.com","name":"Jane Doe","participationStatus":"accepted","roles":{"attendee":true,"chair":true,"owner":true}},"b":{"@type":"Participant","calendarAddress":"mailto:bar@example.com","kind":"location","expectReply":true,"participationStatus":"tentative","roles":{"attendee":true,"informational":true}}}}""")]
    [InlineData("DTSTART:20240101|BEGIN:VALARM|UID:a1|ACTION:DISPLAY|TRIGGER;RELATED=END:PT5M|ACKNOWLEDGED:20241002T114703Z|END:VALARM|BEGIN:VALARM|UID:a2|ACTION:EMAIL|TRIGGER;VALUE=DATE-TIME:20240101T080000Z|RELATED-TO;RELTYPE=SNOOZE:a1|END:VALARM|BEGIN:VALARM|ACTION:NONE|TRIGGER:-PT5M|END:VALARM",
        """{"alerts":{"a1":{"@type":"Alert","action":"display","trigger":{"@type":"OffsetTrigger","offset":"PT5M","relativeTo":"end"},"acknowledged":"2024-10-02T11:47:03Z"},"a2":{"@type":"Alert","action":"email","trigger":{"@type":"AbsoluteTrigger","when":"2024-01-01T08:00:00Z"},"relatedTo":{"a1":{"@type":"Relation","relation":{"snooze":true}}}}}}""")]
    [InlineData("DTSTART;TZID=Europe/Berlin:20240101T010000|RRULE:FREQ=YEARLY;INTERVAL=2;BYMONTH=1;BYDAY=SU,-1MO;BYHOUR=8,9;UNTIL=20240930T120000Z", """{"recurrenceRule":{"@type":"RecurrenceRule","frequency":"yearly","interval":2,"byDay":[{"@type":"NDay","day":"su"},{"@type":"NDay","day":"mo","nthOfPeriod":-1}],"byMonth":["1"],"byHour":[8,9],"until":"2024-09-30T14:00:00"}}""")]
    [InlineData("DTSTART;VALUE=DATE:20240101|RRULE:FREQ=DAILY;UNTIL=20240105", """{"recurrenceRule":{"@type":"RecurrenceRule","frequency":"daily","until":"2024-01-05T00:00:00"}}""")]
    [InlineData("DTSTART;TZID=America/New_York:20240101T120000|RRULE:FREQ=DAILY;COUNT=10|EXDATE;TZID=America/Los_Angeles:20240102T090000|RDATE;VALUE=PERIOD:20240201T150000Z/PT3H", """{"recurrenceOverrides":{"2024-01-02T12:00:00":{"excluded":true},"2024-02-01T10:00:00":{"duration":"PT3H"}}}""")]
    [InlineData("DTSTART:20240101|JSPROP;JSPTR=\"example.com:foo\":{\"bar\":1\\,\"baz\":\"bam\"}", """{"example.com:foo":{"bar":1,"baz":"bam"}}""")]
    public void Properties_are_told_in_the_words_of_JSCalendar(string properties, string expected)
    {
        var read = Events.Read(Events.Object(properties));
        foreach (var (name, value) in Events.Json(expected))
            JsonNode.DeepEquals(read[name], value).ShouldBeTrue($"{name}: {read[name]?.ToJsonString()} instead of {value?.ToJsonString()}");
    }

    [Fact]
    public void Instances_are_patches_of_their_series()
    {
        var calendar = Events.Object(
            "DTSTART;TZID=Europe/Berlin:20240101T140000|DURATION:PT1H|RRULE:FREQ=DAILY|SUMMARY:Stand-up|LOCATION:Here|ATTENDEE;JSID=a;PARTSTAT=ACCEPTED:mailto:a@example.com|BEGIN:VALARM|UID:x|ACTION:DISPLAY|TRIGGER:-PT5M|END:VALARM" +
            "||RECURRENCE-ID:20240202T130000Z|DTSTART;TZID=Europe/Berlin:20240202T160000|DURATION:PT1H|SUMMARY:Late stand-up|ATTENDEE;JSID=a;PARTSTAT=DECLINED:mailto:a@example.com|BEGIN:VALARM|UID:x|ACTION:DISPLAY|TRIGGER:-PT5M|END:VALARM");
        var overrides = Events.Read(calendar)["recurrenceOverrides"]!;
        JsonNode.DeepEquals(overrides, Events.Json("""
            {"2024-02-02T14:00:00":{"start":"2024-02-02T16:00:00","title":"Late stand-up","participants/a/participationStatus":"declined","locations":null}}
            """)).ShouldBeTrue(overrides.ToJsonString());
    }

    [Fact]
    public void Instances_without_their_series_are_events_of_their_own()
    {
        var read = EventSeries.Read(Events.Object(
            "RECURRENCE-ID;TZID=Europe/Berlin:20240202T140000|DTSTART;TZID=Europe/Berlin:20240202T160000||RECURRENCE-ID;TZID=Europe/Berlin:20240103T140000|DTSTART;TZID=Europe/Berlin:20240103T170000"));
        read.Select(instance => $"{instance["recurrenceId"]} {instance["recurrenceIdTimeZone"]} {instance["start"]}").ShouldBe(["2024-02-02T14:00:00 Europe/Berlin 2024-02-02T16:00:00", "2024-01-03T14:00:00 Europe/Berlin 2024-01-03T17:00:00"]);
    }

    [Fact]
    public void This_and_all_that_follow_are_told_one_by_one()
    {
        var read = Events.Read(Events.Object(
            "DTSTART:20240101T100000Z|DURATION:PT1H|RRULE:FREQ=DAILY;COUNT=4||RECURRENCE-ID;RANGE=THISANDFUTURE:20240103T100000Z|DTSTART:20240103T120000Z|DURATION:PT2H"));
        JsonNode.DeepEquals(read["recurrenceOverrides"], Events.Json("""
            {"2024-01-03T10:00:00":{"start":"2024-01-03T12:00:00","duration":"PT2H"},"2024-01-04T10:00:00":{"start":"2024-01-04T12:00:00","duration":"PT2H"}}
            """)).ShouldBeTrue(read["recurrenceOverrides"]?.ToJsonString());
    }

    [Fact]
    public void A_zone_that_is_like_none_is_told_in_UTC()
    {
        var read = Events.Read(Events.Object(
            "DTSTART;TZID=Own:20240110T100000|DURATION:PT1H|RRULE:FREQ=DAILY;COUNT=3|EXDATE;TZID=Own:20240111T100000||BEGIN:VTIMEZONE|TZID:Own|BEGIN:STANDARD|DTSTART:20200101T000000|TZOFFSETFROM:+0007|TZOFFSETTO:+0007|END:STANDARD|END:VTIMEZONE"));
        (read["start"]!.ToString(), read["timeZone"]!.ToString()).ShouldBe(("2024-01-10T09:53:00", "Etc/UTC"));
        read["recurrenceOverrides"]!.ToJsonString().ShouldBe("""{"2024-01-11T09:53:00":{"excluded":true}}""");
    }

    [Fact]
    public void Words_of_RFC_8984_are_understood_and_told_to_those_who_ask()
    {
        var modern = Rfc8984.Modern(Events.Json("""
            {"recurrenceRules":[{"frequency":"daily"}],"replyTo":{"imip":"mailto:a@example.com"},"participants":{"a":{"sendTo":{"imip":"mailto:a@example.com"},"roles":{"owner":true}}}}
            """));
        modern.ToJsonString().ShouldBe("""{"participants":{"a":{"roles":{"owner":true},"calendarAddress":"mailto:a@example.com"}},"recurrenceRule":{"frequency":"daily"},"organizerCalendarAddress":"mailto:a@example.com"}""");
        Rfc8984.Of(modern, "recurrenceRules")!.ToJsonString().ShouldBe("""[{"frequency":"daily"}]""");
        Rfc8984.Of(modern, "replyTo")!.ToJsonString().ShouldBe("""{"imip":"mailto:a@example.com"}""");
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using NodaTime;

namespace Bastide.Calendar.Tests.Store;

public abstract class BoundsContract(DatabaseFixture fixture)
{
    const int Many = 100_000;

    [Fact]
    public async Task A_series_with_a_hundred_thousand_exceptions_is_kept_found_and_changed_by_one_instance()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var calendar = await workplace.First(alice);
        var start = new DateTime(1900, 1, 1, 9, 0, 0, DateTimeKind.Utc);
        var days = string.Join(',', Enumerable.Range(0, Many).Where(day => day != 46_100).Select(day => start.AddDays(day).ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)));
        await workplace.Keep(alice, calendar, "often.ics", Texts.Event("often", $"DTSTART:19000101T090000Z\nDURATION:PT1H\nSUMMARY:Often\nRRULE:FREQ=DAILY\nEXDATE:{days}"));
        var left = start.AddDays(46_100);
        var hit = (await workplace.InWindow(alice, calendar, Instant.FromDateTimeUtc(left.AddDays(-30)), Instant.FromDateTimeUtc(left.AddDays(30))))!.ShouldHaveSingleItem();
        hit.Begin.ShouldBe(Instant.FromDateTimeUtc(left));

        var answer = await alice.Call("CalendarEvent/query", """{"filter": {"uid": "often"}}""");
        var id = (string)answer["ids"]![0]!;
        var instance = $"{id}-{left.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture)}";
        var set = await alice.Call("CalendarEvent/set", new JsonObject { ["update"] = new JsonObject { [instance] = new JsonObject { ["title"] = "Once" } } });
        // More exceptions than a client may set: the series stays as it is, whole.
        ((string?)set["notUpdated"]?[instance]?["type"]).ShouldBe("invalidProperties");
        Encoding.UTF8.GetString((await workplace.Find(alice, calendar, "often.ics"))!.Text!.Value.Span).ShouldContain("RRULE:FREQ=DAILY");
    }

    [Fact]
    public async Task A_text_that_is_too_large_is_refused()
    {
        await using var workplace = await CalendarWorkplace.Start(fixture);
        var alice = await workplace.Add();
        var calendar = await workplace.First(alice);
        var refused = (await workplace.Put(alice, calendar, "large.ics", Texts.Event("large", "DTSTART:20260302T090000Z\nDESCRIPTION:" + new string('x', 5 << 20)))).Refused;
        refused.ShouldNotBeNull().Failure.ShouldBe(CalendarFailure.InvalidData);
    }
}

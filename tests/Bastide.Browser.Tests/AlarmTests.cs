using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bastide.Browser;

/// <summary>Alarms of events, as they call on somebody who works, until one says that one has heard them.</summary>
public sealed class AlarmTests(Workplace workplace) : CalendarPages(workplace), IClassFixture<Workplace>
{
    static ILocator Reminders(IPage page) => page.GetByRole(AriaRole.Region, new() { NameRegex = new("^(Reminders|Rappels)$") });

    /// <summary>An event that begins in nine minutes, whose alarm was due a minute ago.</summary>
    static string Soon(string title, string more = "", int minutes = 9)
    {
        var begin = TimeZoneInfo.ConvertTimeBySystemTimeZoneId(DateTimeOffset.UtcNow, "Europe/Paris").AddMinutes(minutes);
        return $$$"""
            {"@type":"Event","title":"{{{title}}}","start":"{{{begin:yyyy-MM-ddTHH:mm:ss}}}","duration":"PT30M","timeZone":"Europe/Paris","locations":{"l":{"@type":"Location","name":"Room Vauban"}},
             "alerts":{"k":{"@type":"Alert","trigger":{"@type":"OffsetTrigger","offset":"-PT10M"} } }{{{more}}}
            }
            """;
    }

    static async Task<List<JsonObject>> Alerts(Agenda agenda, string title) =>
        [.. ((await agenda.Find(title))!["alerts"] as JsonObject ?? []).Select(entry => entry.Value!.AsObject())];

    [Fact]
    public async Task An_alarm_calls_with_what_it_is_for_and_is_put_off_or_dismissed()
    {
        var (person, agenda) = await With($"week/{Monday}");
        await using var _ = person;
        using var __ = agenda;
        var page = person.Page;
        await agenda.Add(Soon("Market hall"));
        var reminders = Reminders(page);
        await Expect(reminders.GetByRole(AriaRole.Listitem)).ToContainTextAsync([new Regex("Market hall.*in [789] minutes.*Room Vauban")]);
        await ShouldBeAccessible(page, reminders);
        await reminders.GetByRole(AriaRole.Button, new() { Name = "Snooze: Market hall" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "10 minutes" }).ClickAsync();
        await Expect(reminders).ToHaveCountAsync(0);
        await Wait.Until(async () => (await Alerts(agenda, "Market hall")).Count == 2, "the snooze to be written");
        var alerts = await Alerts(agenda, "Market hall");
        alerts.Count(alert => alert["acknowledged"] is not null && alert["relatedTo"] is null).ShouldBe(1);
        var snooze = alerts.Single(alert => alert["relatedTo"] is not null);
        ((bool?)snooze["relatedTo"]!.AsObject().Single().Value!["relation"]!["snooze"]).ShouldBe(true);
        DateTimeOffset.Parse((string)snooze["trigger"]!["when"]!, System.Globalization.CultureInfo.InvariantCulture).ShouldBe(DateTimeOffset.UtcNow.AddMinutes(10), TimeSpan.FromMinutes(1));

        // Of a series what is due is acknowledged as a whole: no occurrence comes apart by it.
        await agenda.Add(Soon("Stand-up", ""","recurrenceRule":{"@type":"RecurrenceRule","frequency":"daily"}"""));
        await reminders.GetByRole(AriaRole.Button, new() { Name = "Dismiss: Stand-up" }).ClickAsync();
        await Expect(reminders).ToHaveCountAsync(0);
        await Wait.Until(async () => (await Alerts(agenda, "Stand-up")).Single()["acknowledged"] is not null, "it to be acknowledged");
        (await agenda.Find("Stand-up"))!["recurrenceOverrides"].ShouldBeNull();
        person.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_missed_calls_at_sign_in_on_one_page_alone_and_falls_silent_with_another_device()
    {
        var (person, agenda) = await With($"week/{Monday}", ColorScheme.Dark, 390, "fr-FR", events: [Soon("Avant"), Soon("Après", minutes: 8)]);
        await using var _ = person;
        using var __ = agenda;
        var page = person.Page;
        var reminders = Reminders(page);
        await Expect(reminders.GetByRole(AriaRole.Listitem)).ToContainTextAsync([new Regex("Après"), new Regex("Avant")]);
        await ShouldBeAccessible(page, reminders);
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync("/home");
        await Expect(other.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        var second = (await agenda.Find("Avant"))!;
        var alert = second["alerts"]!.AsObject().Single();
        await agenda.Call("CalendarEvent/set", new JsonObject
        {
            ["update"] = new JsonObject { [(string)second["id"]!] = new JsonObject { [$"alerts/{alert.Key}/acknowledged"] = DateTimeOffset.UtcNow.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture) } },
        });
        await Expect(reminders.GetByRole(AriaRole.Listitem)).ToContainTextAsync([new Regex("Après")]);
        await Expect(Reminders(other)).ToHaveCountAsync(0);
        await page.CloseAsync();
        await Expect(Reminders(other).GetByRole(AriaRole.Listitem)).ToContainTextAsync([new Regex("Après")]);
        await Reminders(other).GetByRole(AriaRole.Button, new() { Name = "Ignorer : Après" }).ClickAsync();
        await Wait.Until(async () => (await Alerts(agenda, "Après")).Single()["acknowledged"] is not null, "it to be acknowledged");
        person.Faults.ShouldBeEmpty();
    }
}

using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Bastide.Conformance;

/// <summary>A device that is pushed to: RFC 8620 §7.2 over RFC 8030, encrypted as in RFC 8291.</summary>
public sealed class WebPush
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_device_is_told_of_new_mail_once_it_has_proved_that_it_reads_what_is_posted()
    {
        await using var service = await PushService.Start();
        var authorities = Path.GetTempFileName();
        await File.WriteAllTextAsync(authorities, service.Certificate, Cancellation);
        await using var workplace = await RunningWorkplace.Start(environment: new Dictionary<string, string>
        {
            ["BASTIDE_TEST__PRIVATEADDRESSES"] = "true",
            ["BASTIDE_TEST__TRUSTEDCA"] = authorities,
        });
        using var alice = new JmapClient(workplace.Url, "alice@demo.localhost", "bastide-demo");
        var made = await alice.Call("PushSubscription/set", new JsonObject
        {
            ["create"] = new JsonObject { ["p"] = new JsonObject { ["deviceClientId"] = "phone", ["url"] = service.Url.AbsoluteUri, ["keys"] = service.Keys(), ["types"] = new JsonArray("Email") } },
        });
        var id = (string)made["created"]!["p"]!["id"]!;

        var verification = await service.Next();
        ((string)verification["@type"]!).ShouldBe("PushVerification");
        ((string)verification["pushSubscriptionId"]!).ShouldBe(id);
        service.Headers["Content-Encoding"].ToString().ShouldBe("aes128gcm");
        service.Headers["TTL"].ToString().ShouldNotBeEmpty();
        service.Headers.Authorization.ToString().ShouldStartWith("vapid t=");

        await Deliver(workplace);
        (await Verify(alice, id, "wrong"))["notUpdated"]![id]!["type"]!.GetValue<string>().ShouldBe("invalidProperties");
        service.HasMore.ShouldBeFalse();
        (await Verify(alice, id, (string)verification["verificationCode"]!))["updated"]!.AsObject().ContainsKey(id).ShouldBeTrue();

        await Deliver(workplace);
        var change = await service.Next();
        ((string)change["@type"]!).ShouldBe("StateChange");
        var states = change["changed"]![await alice.Account()]!.AsObject();
        states.Select(state => state.Key).ShouldBe(["Email"]);

        service.Status = StatusCodes.Status410Gone;
        await Deliver(workplace);
        await Wait.Until(async () => (await alice.Call("PushSubscription/get", new JsonObject { ["ids"] = null }))["list"]!.AsArray().Count == 0, "the subscription that is gone to be forgotten");
        File.Delete(authorities);
    }

    [Fact]
    public async Task A_device_that_asks_for_alarms_is_told_of_each_when_it_goes_off()
    {
        await using var service = await PushService.Start();
        var authorities = Path.GetTempFileName();
        await File.WriteAllTextAsync(authorities, service.Certificate, Cancellation);
        await using var workplace = await RunningWorkplace.Start(environment: new Dictionary<string, string>
        {
            ["BASTIDE_TEST__PRIVATEADDRESSES"] = "true",
            ["BASTIDE_TEST__TRUSTEDCA"] = authorities,
        });
        using var alice = new JmapClient(workplace.Url, "alice@demo.localhost", "bastide-demo");
        var made = await alice.Call("PushSubscription/set", new JsonObject
        {
            ["create"] = new JsonObject { ["p"] = new JsonObject { ["deviceClientId"] = "phone", ["url"] = service.Url.AbsoluteUri, ["keys"] = service.Keys(), ["types"] = new JsonArray("CalendarAlert") } },
        });
        await Verify(alice, (string)made["created"]!["p"]!["id"]!, (string)(await service.Next())["verificationCode"]!);

        var account = await alice.Account();
        var calendar = (string)(await alice.Call("Calendar/get", new JsonObject { ["accountId"] = account }))["list"]!.AsArray().Single(one => (bool)one!["isDefault"]!)!["id"]!;
        var trigger = new JsonObject { ["@type"] = "OffsetTrigger", ["offset"] = "-PT1H" };
        var created = await alice.Call("CalendarEvent/set", new JsonObject
        {
            ["accountId"] = account,
            ["create"] = new JsonObject
            {
                ["e"] = new JsonObject
                {
                    ["calendarIds"] = new JsonObject { [calendar] = true },
                    ["uid"] = "soon",
                    ["title"] = "Soon",
                    ["utcStart"] = DateTime.UtcNow.AddHours(1).AddSeconds(2).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
                    ["duration"] = "PT1H",
                    ["alerts"] = new JsonObject { ["k"] = new JsonObject { ["@type"] = "Alert", ["trigger"] = trigger } },
                },
            },
        });
        var alarm = await service.Next();
        service.Headers["Urgency"].ToString().ShouldBe("high");
        var expected = new JsonObject
        {
            ["@type"] = "CalendarAlert",
            ["accountId"] = account,
            ["calendarEventId"] = (string)created["created"]!["e"]!["id"]!,
            ["uid"] = "soon",
            ["recurrenceId"] = null,
            ["alertId"] = "k",
        };
        JsonNode.DeepEquals(alarm, expected).ShouldBeTrue(alarm.ToJsonString());
        File.Delete(authorities);
    }

    static Task<JsonObject> Verify(JmapClient client, string id, string code) =>
        client.Call("PushSubscription/set", new JsonObject { ["update"] = new JsonObject { [id] = new JsonObject { ["verificationCode"] = code } } });

    static async Task Deliver(RunningWorkplace workplace)
    {
        await using var smtp = await RawSmtp.ToAlice(workplace.Smtp, Cancellation);
        (await smtp.Data("From: a@b.example\r\nSubject: Push\r\n\r\nHello.", Cancellation)).ShouldStartWith("250");
    }
}

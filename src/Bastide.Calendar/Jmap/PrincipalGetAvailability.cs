using System.Text.Json.Nodes;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.Jmap;
using Bastide.Protocols.JSCalendar;
using NodaTime;

namespace Bastide.Calendar.Jmap;

/// <summary><c>Principal/getAvailability</c>: when somebody is not free.</summary>
sealed class PrincipalGetAvailability(Availability availability)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var (from, to) = (Moment(call, "utcStart"), Moment(call, "utcEnd"));
        if (to < from) throw JmapException.InvalidArguments("utcEnd is not before utcStart.");
        if (to - from > Duration.FromDays(Availability.MostDays)) throw new JmapException("tooLarge", $"Availability is told over {Availability.MostDays} days at most.");
        var properties = call.Arguments.TextsOrNull("eventProperties");
        var account = CalendarIds.AccountOf(call.Arguments.Text("id")) ?? throw NotFound();
        try
        {
            var periods = await availability.Of(call.Caller, account, from, to, call.Arguments.Flag("showDetails"), call.Cancellation) ?? throw NotFound();
            return new JsonObject
            {
                ["accountId"] = call.Account.ToString(),
                ["list"] = new JsonArray([.. periods.Select(period => Write(period, account.ToString(), properties))]),
            };
        }
        catch (ExpansionRefusedException)
        {
            throw new JmapException("tooLarge", "Something recurs too often to be told for so long: ask for a shorter time.");
        }
    }

    static JsonObject Write(BusyPeriod period, string account, IReadOnlyList<string>? properties) => new()
    {
        ["utcStart"] = JSTime.WriteUtc(period.Start),
        ["utcEnd"] = JSTime.WriteUtc(period.End),
        ["busyStatus"] = period.Status switch { BusyStatus.Confirmed => "confirmed", BusyStatus.Tentative => "tentative", _ => "unavailable" },
        ["event"] = period.Event is null ? null : Event(period, properties),
        ["accountId"] = period.Event is null ? null : account,
    };

    static JsonObject Event(BusyPeriod period, IReadOnlyList<string>? properties)
    {
        var record = new EventRecord { Ref = period.Ref!.Value, CalendarId = period.CalendarId, Event = period.Event! };
        var written = EventProperties.OfParsed(null).Write(record);
        if (properties is null) return written;
        foreach (var name in written.Select(property => property.Key).Where(name => !properties.Contains(name)).ToList()) written.Remove(name);
        return written;
    }

    static Instant Moment(JmapCall call, string name) =>
        JSTime.ReadUtc(call.Arguments.Text(name)) ?? throw JmapException.InvalidArguments($"{name} is a date in UTC, as 2026-11-23T09:30:00Z.");

    static JmapException NotFound() => new("notFound", "There is no such principal.");
}

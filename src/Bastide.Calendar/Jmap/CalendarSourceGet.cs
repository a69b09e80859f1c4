using System.Text.Json.Nodes;
using Bastide.Calendar.Holidays;
using Bastide.Calendar.Sources;
using Bastide.Protocols.Jmap;

namespace Bastide.Calendar.Jmap;

/// <summary><c>CalendarSource/get</c>: the sources that need no network, each to be the <c>source</c> of a calendar; see docs/protocols/calendar.md.</summary>
sealed class CalendarSourceGet(Birthdays birthdays)
{
    // What there is changes with the program alone.
    const string State = "1";

    static readonly ObjectProperties<Source> Properties = new(
        ("id", source => source.Id),
        ("kind", source => source.Kind),
        ("names", source => new JsonObject { ["en"] = source.English, ["fr"] = source.French }));

    public ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = GetRequest.Parse(call, Properties.Names);
        var all = HolidayRegion.All.Select(region => new Source($"bastide:holidays/{region.Key}", "holidays", region.English, region.French))
            .Concat(birthdays.AreKnown ? [new Source("bastide:birthdays", "birthdays", "Birthdays", "Anniversaires")] : []).ToDictionary(source => source.Id);
        var wanted = request.Ids ?? [.. all.Keys];
        return ValueTask.FromResult(Properties.Answer(call, State, request, wanted.Where(all.ContainsKey).Select(id => all[id]), wanted.Where(id => !all.ContainsKey(id))));
    }

    sealed record Source(string Id, string Kind, string English, string French);
}

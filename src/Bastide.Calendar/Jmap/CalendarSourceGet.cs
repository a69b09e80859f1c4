using System.Text.Json.Nodes;
using Bastide.Calendar.Holidays;
using Bastide.Protocols.Jmap;

namespace Bastide.Calendar.Jmap;

/// <summary><c>CalendarSource/get</c>: the sources that need no network, each to be the <c>source</c> of a calendar; see docs/protocols/calendar.md.</summary>
static class CalendarSourceGet
{
    // What there is changes with the program alone.
    const string State = "1";

    static readonly ObjectProperties<HolidayRegion> Properties = new(
        ("id", region => $"bastide:holidays/{region.Key}"),
        ("kind", _ => "holidays"),
        ("names", region => new JsonObject { ["en"] = region.English, ["fr"] = region.French }));

    public static ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = GetRequest.Parse(call, Properties.Names);
        var all = HolidayRegion.All.ToDictionary(region => $"bastide:holidays/{region.Key}");
        var wanted = request.Ids ?? [.. all.Keys];
        return ValueTask.FromResult(Properties.Answer(call, State, request, wanted.Distinct().Where(all.ContainsKey).Select(id => all[id]), wanted.Where(id => !all.ContainsKey(id))));
    }
}

using System.Globalization;
using System.Text.Json.Nodes;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.Jmap;
using NodaTime;

namespace Bastide.Protocols.JSCalendar;

/// <summary>
/// The recurrence rule: the first RRULE. JSCalendar ends a rule on the clock of the start, iCalendar in UTC. Further rules have
/// no place in JSCalendar: they stay in the object, and what they make is told with the occurrences.
/// </summary>
sealed class RulePart : EventPart
{
    public override IReadOnlyList<string> Properties { get; } = ["recurrenceRule"];

    public override void Read(EventScope scope, JsonObject into)
    {
        if (scope.Component.Property("RRULE") is { } property && RecurrenceRule.Parse(property.Value) is { } rule)
            into["recurrenceRule"] = ToJson(rule, ICalTime.Of(scope.Component.Property("DTSTART")), scope.Zones);
    }

    public override void Write(EventScope scope, JsonObject before, JsonObject after)
    {
        var old = scope.Component.Property("RRULE");
        var rule = after["recurrenceRule"] is JsonObject json ? FromJson(json, ICalTime.Of(scope.Component.Property("DTSTART")), scope.Zones) : null;
        if (rule is null && old is not null) scope.Component.Remove(old);
        else if (rule is not null && old is null) scope.Component.Add(new ICalProperty("RRULE", rule.ToString()));
        else if (rule is not null) scope.Component.Replace(old!, old!.WithValue(rule.ToString()));
    }

    /// <summary>A rule as a RecurrenceRule object (RFC 8984 §4.3.3).</summary>
    public static JsonObject ToJson(RecurrenceRule rule, ICalTime? start, ICalTimeZones zones)
    {
        var json = new JsonObject { ["@type"] = "RecurrenceRule", ["frequency"] = JSWords.Lower(rule.Frequency.ToString()) };
        if (rule.Interval != 1) json["interval"] = rule.Interval;
        if (rule.Rscale is { } rscale && !rscale.Equals("GREGORIAN", StringComparison.OrdinalIgnoreCase)) json["rscale"] = JSWords.Lower(rscale);
        if (rule.Skip != RecurrenceSkip.Omit) json["skip"] = JSWords.Lower(rule.Skip.ToString());
        if (rule.WeekStart != IsoDayOfWeek.Monday) json["firstDayOfWeek"] = JSWords.Lower(RecurrenceRule.NameOf(rule.WeekStart));
        if (rule.ByDay.Count > 0) json["byDay"] = new JsonArray([.. rule.ByDay.Select(DayToJson)]);
        Numbers(json, "byMonthDay", rule.ByMonthDay);
        if (rule.ByMonth.Count > 0) json["byMonth"] = new JsonArray([.. rule.ByMonth.Select(month => (JsonNode)month)]);
        Numbers(json, "byYearDay", rule.ByYearDay);
        Numbers(json, "byWeekNo", rule.ByWeekNo);
        Numbers(json, "byHour", rule.ByHour);
        Numbers(json, "byMinute", rule.ByMinute);
        Numbers(json, "bySecond", rule.BySecond);
        Numbers(json, "bySetPosition", rule.BySetPos);
        if (rule.Count is { } count) json["count"] = count;
        if (rule.Until is { } until) json["until"] = JSTime.Write(UntilToJson(until, start, zones));
        return json;
    }

    /// <summary>The rule of a RecurrenceRule object; null where it is none.</summary>
    public static RecurrenceRule? FromJson(JsonObject json, ICalTime? start, ICalTimeZones zones)
    {
        var parts = new List<string> { "FREQ=" + json["frequency"].AsText() };
        void Add(string name, IEnumerable<string>? values)
        {
            if (values is not null) parts.Add(name + "=" + string.Join(',', values));
        }

        if (json["rscale"].AsText() is { } rscale) Add("RSCALE", [rscale]);
        if (json["interval"].AsUnsigned() is { } interval) Add("INTERVAL", [interval.ToString(CultureInfo.InvariantCulture)]);
        if (json["count"].AsUnsigned() is { } count) Add("COUNT", [count.ToString(CultureInfo.InvariantCulture)]);
        if (json["skip"].AsText() is { } skip) Add("SKIP", [skip]);
        if (json["firstDayOfWeek"].AsText() is { } first) Add("WKST", [first]);
        Add("BYDAY", (json["byDay"] as JsonArray)?.Select(DayFromJson));
        Add("BYMONTHDAY", Texts(json["byMonthDay"]));
        Add("BYMONTH", Texts(json["byMonth"]));
        Add("BYYEARDAY", Texts(json["byYearDay"]));
        Add("BYWEEKNO", Texts(json["byWeekNo"]));
        Add("BYHOUR", Texts(json["byHour"]));
        Add("BYMINUTE", Texts(json["byMinute"]));
        Add("BYSECOND", Texts(json["bySecond"]));
        Add("BYSETPOS", Texts(json["bySetPosition"]));
        var rule = parts.Exists(part => part.Contains(';', StringComparison.Ordinal)) ? null : RecurrenceRule.Parse(string.Join(';', parts));
        if (rule is null || json["until"] is not { } until) return rule;
        return JSTime.Read(until.AsText()) is { } end ? rule with { Until = UntilFromJson(end, start, zones) } : null;
    }

    static LocalDateTime UntilToJson(ICalTime until, ICalTime? start, ICalTimeZones zones)
    {
        if (start is not { } begins) return until.Local;
        // A date ends with that day, on the clock of the start.
        if (begins.IsDate) return until.Local.Date.AtMidnight();
        var clock = EventClock.Of(begins, zones);
        if (until.IsDate) return clock.Tell(until.Local.Date.At(new LocalTime(23, 59, 59)));
        if (until.Kind == ICalTimeKind.Floating || zones.IsFloating(begins)) return clock.Tell(until.Local);
        return clock.Tell(ZoneRules.Local(zones.Resolve(until, DateTimeZone.Utc), zones.ZoneOf(begins, DateTimeZone.Utc)));
    }

    static ICalTime UntilFromJson(LocalDateTime until, ICalTime? start, ICalTimeZones zones)
    {
        if (start is not { } begins) return new ICalTime(until, ICalTimeKind.Floating);
        if (begins.IsDate) return ICalTime.OfDate(until.Date);
        if (zones.IsFloating(begins)) return new ICalTime(until, ICalTimeKind.Floating);
        var own = EventClock.Of(begins, zones).Own(until);
        return ICalTime.OfInstant(ZoneRules.Resolve(own, zones.ZoneOf(begins, DateTimeZone.Utc)));
    }

    static void Numbers(JsonObject json, string name, IReadOnlyList<int> numbers)
    {
        if (numbers.Count > 0) json[name] = new JsonArray([.. numbers.Select(number => (JsonNode)number)]);
    }

    static JsonNode DayToJson(RecurrenceDay day)
    {
        var json = new JsonObject { ["@type"] = "NDay", ["day"] = JSWords.Lower(RecurrenceRule.NameOf(day.Day)) };
        if (day.Ordinal != 0) json["nthOfPeriod"] = day.Ordinal;
        return json;
    }

    static string DayFromJson(JsonNode? day) => (day.Member("nthOfPeriod")?.ToJsonString() ?? "") + day.Member("day").AsText();

    static IEnumerable<string>? Texts(JsonNode? list) => (list as JsonArray)?.Select(item => item.AsText() ?? item?.ToJsonString() ?? "");
}

using System.Globalization;
using System.Text.Json.Nodes;
using Bastide.Calendar.Jmap;
using Bastide.Platform.Accounts;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.Jmap;
using NodaTime;

namespace Bastide.Calendar.Booking;

/// <summary>The settings of a booking page as JSON, on the wire and in the table; see docs/protocols/calendar.md.</summary>
static class BookingSettingsJson
{
    /// <summary>The most hours, calendars and questions.</summary>
    public const int MostHours = 50;
    public const int MostCalendars = 20;
    public const int MostQuestions = 10;

    const int DayMinutes = 24 * 60;
    static readonly string[] Days = ["mo", "tu", "we", "th", "fr", "sa", "su"];

    /// <summary>The properties and how each is written.</summary>
    public static (string Name, Func<BookingSettings, JsonNode?> Write)[] Properties { get; } =
    [
        ("title", settings => settings.Title),
        ("description", settings => settings.Description),
        ("location", settings => settings.Location),
        ("isEnabled", settings => settings.IsEnabled),
        ("duration", settings => settings.Duration),
        ("increment", settings => settings.Increment),
        ("before", settings => settings.Before),
        ("after", settings => settings.After),
        ("notice", settings => settings.Notice),
        ("horizon", settings => settings.Horizon),
        ("mostPerDay", settings => settings.MostPerDay),
        ("timeZone", settings => settings.TimeZone),
        ("hours", settings => new JsonArray([.. settings.Hours.Select(Write)])),
        ("usesAvailability", settings => settings.UsesAvailability),
        ("calendarId", settings => settings.CalendarId is { } id ? CalendarIds.Calendar.Write(id) : null),
        ("busyCalendars", settings => new JsonArray([.. settings.BusyCalendars.Select(Write)])),
        ("questions", settings => new JsonArray([.. settings.Questions.Select(Write)])),
    ];

    /// <summary>The whole of them.</summary>
    public static JsonObject Write(BookingSettings settings) => new(Properties.Select(property => KeyValuePair.Create(property.Name, property.Write(settings))));

    /// <summary>Reads them; what is at fault is noted in <paramref name="invalid"/>, and then the answer is null.</summary>
    public static BookingSettings? Read(JsonObject json, CreatedIds? created, InvalidProperties invalid)
    {
        foreach (var (property, _) in json)
            if (!Array.Exists(Properties, known => known.Name == property))
                invalid.Add(property, "there is no such property.");
        var title = Text(json, "title", 200, invalid);
        if (string.IsNullOrWhiteSpace(title)) invalid.Add("title", "a page has a title.");
        var description = Text(json, "description", 4000, invalid, isLong: true);
        var location = Text(json, "location", 500, invalid);
        var zone = TimeZoneNames.Canonical(json["timeZone"].AsText());
        if (zone is null) invalid.Add("timeZone", "it is the name of a time zone of IANA.");
        var hours = json["hours"] is null ? [] : ReadHours(json["hours"], invalid);
        var calendar = json["calendarId"] is null ? null : Calendar(json["calendarId"].AsText(), created);
        if (json["calendarId"] is not null && calendar is null) invalid.Add("calendarId", "it is the id of a calendar, or null.");
        var settings = new BookingSettings
        {
            Title = title ?? "",
            Description = description,
            Location = location,
            IsEnabled = Flag(json, "isEnabled", true, invalid),
            Duration = Number(json, "duration", 30, 5, DayMinutes, invalid),
            Increment = Number(json, "increment", 30, 5, DayMinutes, invalid),
            Before = Number(json, "before", 0, 0, DayMinutes, invalid),
            After = Number(json, "after", 0, 0, DayMinutes, invalid),
            Notice = Number(json, "notice", 4 * 60, 0, 60 * DayMinutes, invalid),
            Horizon = Number(json, "horizon", 60, 1, 366, invalid),
            MostPerDay = json["mostPerDay"] is null ? null : Number(json, "mostPerDay", 1, 1, 100, invalid),
            TimeZone = zone ?? "Etc/UTC",
            Hours = hours,
            UsesAvailability = Flag(json, "usesAvailability", false, invalid),
            CalendarId = calendar,
            BusyCalendars = ReadCalendars(json["busyCalendars"], created, invalid),
            Questions = ReadQuestions(json["questions"], invalid),
        };
        return invalid.Any ? null : settings;
    }

    static JsonObject Write(BookingHours hours) => new() { ["day"] = Days[(int)hours.Day - 1], ["from"] = Clock(hours.From), ["to"] = Clock(hours.To) };

    static JsonObject Write(BusyCalendar calendar) => new() { ["accountId"] = calendar.Account.ToString(), ["calendarId"] = CalendarIds.Calendar.Write(calendar.CalendarId) };

    static JsonObject Write(BookingQuestion question) => new() { ["label"] = question.Label, ["isRequired"] = question.IsRequired, ["isLong"] = question.IsLong };

    static string Clock(int minutes) => string.Create(CultureInfo.InvariantCulture, $"{minutes / 60:00}:{minutes % 60:00}");

    static int? Clock(string? text) =>
        text is [_, _, ':', _, _] && int.TryParse(text.AsSpan(0, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var hour) && int.TryParse(text.AsSpan(3), NumberStyles.None, CultureInfo.InvariantCulture, out var minute)
        && minute < 60 && (hour * 60) + minute <= DayMinutes ? (hour * 60) + minute : null;

    static long? Calendar(string? id, CreatedIds? created) => created is null ? CalendarIds.Calendar.Read(id) : CalendarIds.Calendar.Resolve(id, created);

    static List<BookingHours> ReadHours(JsonNode? json, InvalidProperties invalid)
    {
        var hours = new List<BookingHours>();
        foreach (var entry in json as JsonArray ?? [])
        {
            var (day, from, to) = (Array.IndexOf(Days, entry.Member("day").AsText()), Clock(entry.Member("from").AsText()), Clock(entry.Member("to").AsText()));
            if (day >= 0 && from < to) hours.Add(new BookingHours((IsoDayOfWeek)(day + 1), from.Value, to.Value));
        }

        hours = [.. hours.OrderBy(one => one.Day).ThenBy(one => one.From)];
        if (json is not JsonArray given || given.Count != hours.Count) invalid.Add("hours", "each is a day (mo to su), with from before to, as 09:00 and 24:00 at the latest.");
        if (hours.Count > MostHours) invalid.Add("hours", $"there are at most {MostHours}.");
        if (hours.Zip(hours.Skip(1)).Any(pair => pair.First.Day == pair.Second.Day && pair.First.To > pair.Second.From)) invalid.Add("hours", "those of a day do not overlap.");
        return hours;
    }

    static List<BusyCalendar> ReadCalendars(JsonNode? json, CreatedIds? created, InvalidProperties invalid)
    {
        var calendars = new HashSet<BusyCalendar>();
        foreach (var entry in json as JsonArray ?? [])
        {
            if (AccountId.TryParse(entry.Member("accountId").AsText(), CultureInfo.InvariantCulture, out var account) && Calendar(entry.Member("calendarId").AsText(), created) is { } calendar)
                calendars.Add(new BusyCalendar(account, calendar));
            else invalid.Add("busyCalendars", "each has an accountId and a calendarId.");
        }

        if (json is not (null or JsonArray)) invalid.Add("busyCalendars", "it is a list.");
        if (calendars.Count > MostCalendars) invalid.Add("busyCalendars", $"there are at most {MostCalendars}.");
        return [.. calendars];
    }

    static List<BookingQuestion> ReadQuestions(JsonNode? json, InvalidProperties invalid)
    {
        var questions = new List<BookingQuestion>();
        foreach (var entry in json as JsonArray ?? [])
        {
            if (entry is not JsonObject question || Text(question, "label", 200, invalid) is not { } label || string.IsNullOrWhiteSpace(label))
            {
                invalid.Add("questions", "each has a label.");
                continue;
            }

            questions.Add(new BookingQuestion(label, Flag(question, "isRequired", false, invalid), Flag(question, "isLong", false, invalid)));
        }

        if (json is not (null or JsonArray)) invalid.Add("questions", "it is a list.");
        if (questions.Count > MostQuestions) invalid.Add("questions", $"there are at most {MostQuestions}.");
        return questions;
    }

    static string? Text(JsonObject json, string name, int longest, InvalidProperties invalid, bool isLong = false)
    {
        if (json[name] is null) return null;
        if (json[name].AsText() is not { } text) invalid.Add(name, "it is a string.");
        else if (text.Length > longest || text.Any(c => char.IsControl(c) && !(isLong && c is '\n' or '\r' or '\t'))) invalid.Add(name, $"it has at most {longest} characters, and no control characters.");
        else return text;
        return null;
    }

    static bool Flag(JsonObject json, string name, bool usual, InvalidProperties invalid)
    {
        if (json[name] is null) return usual;
        if (json[name].AsFlag() is { } flag) return flag;
        invalid.Add(name, "it is true or false.");
        return usual;
    }

    static int Number(JsonObject json, string name, int usual, int least, int most, InvalidProperties invalid)
    {
        if (json[name] is null) return usual;
        if (json[name].AsUnsigned() is { } number && number >= least && number <= most) return (int)number;
        invalid.Add(name, $"it is a number from {least} to {most}.");
        return usual;
    }
}

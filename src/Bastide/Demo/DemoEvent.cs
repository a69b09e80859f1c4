using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bastide.Demo;

/// <summary>An event of <c>calendar.json</c>, by the week the demo is made in.</summary>
sealed record DemoEvent
{
    /// <summary>The local part of whose it is.</summary>
    public required string In { get; init; }

    /// <summary>The calendar it is in, made when it is missing; the default one when null.</summary>
    public string? Calendar { get; init; }

    /// <summary>Its day, 0 for the Monday of the week.</summary>
    public required int Day { get; init; }

    /// <summary>When it begins, as <c>09:30</c>; null for whole days.</summary>
    public string? At { get; init; }

    /// <summary>How long it takes, in minutes.</summary>
    public int Minutes { get; init; }

    /// <summary>How many whole days it takes.</summary>
    public int Days { get; init; }

    /// <summary>What it is called.</summary>
    public required string Title { get; init; }

    /// <summary>Where it is.</summary>
    public string? Location { get; init; }

    /// <summary>What is said of it.</summary>
    public string? Text { get; init; }

    /// <summary>How it repeats, as JSCalendar has it.</summary>
    public JsonObject? Rule { get; init; }

    /// <summary>Its zone.</summary>
    public string Zone { get; init; } = "Europe/Paris";

    /// <summary>Its status, when it is not confirmed.</summary>
    public string? Status { get; init; }

    /// <summary>Whether others see no more of it than when it is.</summary>
    public bool Private { get; init; }

    /// <summary>Whether it keeps nobody busy.</summary>
    public bool Free { get; init; }

    /// <summary>All events of the demo.</summary>
    public static IReadOnlyList<DemoEvent> All()
    {
        using var stream = typeof(DemoEvent).Assembly.GetManifestResourceStream("Bastide.Demo.calendar.json")!;
        return JsonSerializer.Deserialize<List<DemoEvent>>(stream, JsonSerializerOptions.Web)!;
    }

    /// <summary>What JSCalendar says of it in the week that begins on a Monday.</summary>
    public JsonObject ToEvent(DateOnly monday)
    {
        var start = monday.AddDays(Day).ToDateTime(At is null ? TimeOnly.MinValue : TimeOnly.Parse(At, CultureInfo.InvariantCulture));
        var told = new JsonObject
        {
            ["@type"] = "Event",
            ["title"] = Title,
            ["start"] = start.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture),
            ["duration"] = At is null ? $"P{Days}D" : $"PT{Minutes}M",
        };
        if (At is null) told["showWithoutTime"] = true;
        else told["timeZone"] = Zone;
        if (Text is not null) told["description"] = Text;
        if (Status is not null) told["status"] = Status;
        if (Private) told["privacy"] = "private";
        if (Free) told["freeBusyStatus"] = "free";
        if (Rule is not null) told["recurrenceRule"] = Rule.DeepClone();
        if (Location is not null) told["locations"] = new JsonObject { ["l1"] = new JsonObject { ["@type"] = "Location", ["name"] = Location } };
        return told;
    }
}

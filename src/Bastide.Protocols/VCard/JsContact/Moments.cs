using System.Globalization;
using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Protocols.VCard.JsContact;

/// <summary>Moments and days between the two. RFC 9555 §2.2.2.</summary>
static class Moments
{
    /// <summary>A TIMESTAMP as UTCDateTime; null where it has no zone, so that nobody knows when it is.</summary>
    public static string? Read(string value) => CardDate.TryParse(value, out var date) && date.ToMoment() is { } moment ? JmapDates.WriteUtc(moment) : null;

    /// <summary>A UTCDateTime as TIMESTAMP; null where it is none.</summary>
    public static string? Write(JsonNode? node) => JmapDates.ReadUtc(node.Text()) is { } moment
        ? moment.UtcDateTime.ToString("yyyyMMdd'T'HHmmss.FFFFFFF", CultureInfo.InvariantCulture).TrimEnd('.') + "Z"
        : null;

    /// <summary>A day as PartialDate, a whole moment as Timestamp; null for what JSContact has not.</summary>
    public static JsonObject? ReadDay(string value)
    {
        if (!CardDate.TryParse(value, out var date)) return null;
        if (date.Time is not null) return date.ToMoment() is { } moment ? new JsonObject { ["@type"] = "Timestamp", ["utc"] = JmapDates.WriteUtc(moment) } : null;
        if (date.Year is null && (date.Month is null || date.Day is null)) return null;
        var day = new JsonObject();
        if (date.Year is { } year) day["year"] = year;
        if (date.Month is { } month) day["month"] = month;
        if (date.Day is { } dayOfMonth) day["day"] = dayOfMonth;
        return day;
    }

    /// <summary>The value of a PartialDate or Timestamp; null where it is neither.</summary>
    public static string? WriteDay(JsonNode? node)
    {
        if (node is not JsonObject date) return null;
        if (date["@type"].Text() == "Timestamp") return Write(date["utc"]);
        var day = new CardDate((int?)date["year"].Whole(), (int?)date["month"].Whole(), (int?)date["day"].Whole(), null);
        return CardDate.TryParse(day.ToBasic(), out var read) && read == day ? day.ToBasic() : null;
    }
}

using System.Text.Json.Nodes;

namespace Bastide.Calendar.Store;

/// <summary>JSON in a column.</summary>
static class CalendarJson
{
    public static JsonObject? Read(string? text) => text is null ? null : JsonNode.Parse(text) as JsonObject;

    public static string? Write(JsonObject? value) => value?.ToJsonString();
}

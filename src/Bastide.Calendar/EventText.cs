using System.Text.Json.Nodes;
using Bastide.Platform.Search;
using Bastide.Protocols.Jmap;
using Bastide.Protocols.JSCalendar;

namespace Bastide.Calendar;

/// <summary>What events are found by: the words of an event and of those of its instances that say something else.</summary>
static class EventText
{
    const int MostOverrides = 200;
    static readonly string[] PlaceNames = ["locations", "virtualLocations"];

    /// <summary>The words that a condition asks for, and where.</summary>
    public static IEnumerable<(string Text, SearchField Field)> WordsOf(EventCondition condition)
    {
        if (condition.Text is { } text) yield return (text, SearchField.Any);
        if (condition.Title is { } title) yield return (title, SearchField.Title);
        if (condition.Description is { } description) yield return (description, SearchField.Body);
        if (condition.Location is { } location) yield return (location, SearchField.Names);
        if (condition.Owner is { } owner) yield return (owner, SearchField.Sender);
        if (condition.Attendee is { } attendee) yield return (attendee, SearchField.Recipients);
    }

    /// <summary>The document of an event: itself, and each instance that is not like it.</summary>
    public static SearchDocument Of(long id, JsonObject series)
    {
        var instances = (series["recurrenceOverrides"] as JsonObject ?? []).Where(entry => entry.Value is JsonObject { Count: > 0 }).Take(MostOverrides).Select(entry => EventSeries.Instance(series, entry.Key)).OfType<JsonObject>();
        return Of(id, instances.Prepend(series));
    }

    /// <summary>The document of events that are found as one.</summary>
    public static SearchDocument Of(long id, IEnumerable<JsonObject> events)
    {
        var all = events.ToList();
        return new SearchDocument(
            id,
            Title: Joined(all.Select(one => one["title"].AsText())),
            Sender: Joined(all.SelectMany(one => People(one, "owner"))),
            Recipients: Joined(all.SelectMany(one => People(one, "attendee"))),
            Body: Joined(all.SelectMany(one => (one["keywords"] as JsonObject ?? []).Select(keyword => keyword.Key).Prepend(one["description"].AsText()))),
            Names: Joined(all.SelectMany(Places)));
    }

    /// <summary>Whether a document has every word that a condition asks for.</summary>
    public static bool Holds(SearchDocument document, EventCondition condition) => WordsOf(condition).All(words => Pieces(words.Text, words.Field).All(piece => TextsOf(document, words.Field).Any(text => SearchText.Marks(piece, words.Field, text).Count > 0)));

    static IEnumerable<SearchQuery> Pieces(string text, SearchField field)
    {
        // Each word and each phrase is looked for by itself.
        var quoted = false;
        foreach (var part in text.Split('"'))
        {
            if (quoted) yield return SearchQuery.Words($"\"{part}\"", field);
            else
                foreach (var word in part.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                    yield return SearchQuery.Words(word, field);
            quoted = !quoted;
        }
    }

    static string[] TextsOf(SearchDocument document, SearchField field) => field switch
    {
        SearchField.Title => [document.Title],
        SearchField.Body => [document.Body],
        SearchField.Names => [document.Names],
        SearchField.Sender => [document.Sender],
        SearchField.Recipients => [document.Recipients],
        _ => [document.Title, document.Body, document.Names, document.Sender, document.Recipients],
    };

    static IEnumerable<string?> People(JsonObject one, string role) => (one["participants"] as JsonObject ?? [])
        .Select(entry => entry.Value).Where(person => person.Member("roles").Member(role) is not null)
        .Select(person => $"{person!["name"].AsText()} {person["email"].AsText() ?? Address(person["calendarAddress"].AsText())}");

    static string? Address(string? calendarAddress) => calendarAddress?.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) == true ? calendarAddress[7..] : calendarAddress;

    static IEnumerable<string?> Places(JsonObject one) => PlaceNames
        .SelectMany(name => (one[name] as JsonObject ?? []).SelectMany(entry => new[] { entry.Value.Member("name").AsText(), entry.Value.Member("description").AsText() }));

    static string Joined(IEnumerable<string?> texts) => string.Join('\n', texts.Where(text => !string.IsNullOrEmpty(text)).Distinct());
}

using System.Text.Json.Nodes;
using Bastide.Calendar.Booking;
using Bastide.Protocols.Jmap;

namespace Bastide.Calendar.Jmap;

/// <summary><c>BookingPage/set</c>: makes, changes and destroys the pages on which others book; see docs/protocols/calendar.md.</summary>
sealed class BookingPageSet(BookingPages pages)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = SetRequest.Parse(call);
        var answer = new SetAnswer(call, request);
        var create = new Dictionary<string, BookingSettings>();
        foreach (var (creationId, given) in request.Create)
        {
            var invalid = new InvalidProperties();
            foreach (var (property, _) in given.Where(property => BookingPageProperties.IsServerSet(property.Key))) invalid.Add(property, "the server sets it.");
            if (BookingSettingsJson.Read(given, call.Created, invalid) is { } settings) create[creationId] = settings;
            else answer.NotCreated(creationId, invalid.ToError());
        }

        var set = new Booking.BookingPageSet
        {
            IfInState = request.IfInState,
            Create = create,
            Update = await ReadUpdates(call, request.Updates(CalendarIds.BookingPage, answer), answer),
            Destroy = request.Destroys(CalendarIds.BookingPage, answer),
        };
        var outcome = await pages.Set(call.Caller, call.Account, set, call.Cancellation);
        return answer.Answer(outcome, CalendarIds.BookingPage, CalendarSetErrors.Of, (creationId, page) => (page.Id, BookingPageProperties.All.ServerSet(page, request.Create.First(c => c.Key == creationId).Value)));
    }

    async ValueTask<Dictionary<long, BookingSettings>> ReadUpdates(JmapCall call, Dictionary<long, JsonObject> patches, SetAnswer answer)
    {
        var updates = new Dictionary<long, BookingSettings>();
        if (patches.Count == 0) return updates;
        var present = (await pages.Get(call.Caller, call.Account, [.. patches.Keys], call.Cancellation)).Found.ToDictionary(page => page.Id);
        foreach (var (id, patch) in patches)
        {
            if (!present.TryGetValue(id, out var page))
            {
                answer.NotUpdated(CalendarIds.BookingPage.Write(id), new SetError("notFound"));
                continue;
            }

            var invalid = new InvalidProperties();
            BookingPageProperties.All.CheckUnchanged(page, patch.Where(property => BookingPageProperties.IsServerSet(property.Key)), invalid);
            var json = BookingSettingsJson.Write(page.Settings);
            // Lists are set whole (RFC 8620 §5.3: a patch does not reach into an array).
            foreach (var (property, value) in patch.Where(property => !BookingPageProperties.IsServerSet(property.Key))) json[property] = value?.DeepClone();
            if (BookingSettingsJson.Read(json, call.Created, invalid) is { } settings) updates[id] = settings;
            else answer.NotUpdated(CalendarIds.BookingPage.Write(id), invalid.ToError());
        }

        return updates;
    }
}

using System.Text.Json.Nodes;
using Bastide.Calendar.Links;
using Bastide.Protocols.Jmap;

namespace Bastide.Calendar.Jmap;

/// <summary><c>CalendarLink/set</c>: publishes a calendar, and revokes that; see docs/protocols/calendar.md.</summary>
sealed class CalendarLinkSet(CalendarLinks links)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = SetRequest.Parse(call);
        var answer = new SetAnswer(call, request);
        var create = new Dictionary<string, LinkCreate>();
        foreach (var (creationId, given) in request.Create)
        {
            var invalid = new InvalidProperties();
            foreach (var (property, _) in given)
                if (property is not ("calendarId" or "detail" or "name"))
                    invalid.Add(property, CalendarLinkProperties.All.Names.Contains(property) ? "the server sets it." : "there is no such property.");
            var calendar = CalendarIds.Calendar.Resolve(given["calendarId"].AsText(), call.Created);
            if (calendar is null) invalid.Add("calendarId", "it is the id of a calendar.");
            var detail = given["detail"] is null ? 0 : Array.IndexOf(CalendarLinkProperties.Details, given["detail"].AsText());
            if (detail < 0) invalid.Add("detail", "it is full or freeBusy.");
            if (given["name"] is { } name && name.AsText() is null) invalid.Add("name", "it is a string or null.");
            if (invalid.Any) answer.NotCreated(creationId, invalid.ToError());
            else create[creationId] = new LinkCreate(calendar!.Value, (LinkDetail)detail, given["name"].AsText());
        }

        foreach (var id in request.Updates(CalendarIds.Link, answer).Keys)
            answer.NotUpdated(CalendarIds.Link.Write(id), new SetError("forbidden", "A link is never changed: make another and revoke this one."));
        var set = new LinkSet { IfInState = request.IfInState, Create = create, Destroy = request.Destroys(CalendarIds.Link, answer) };
        var outcome = await links.Set(call.Caller, call.Account, set, call.Cancellation);
        return answer.Answer(outcome, CalendarIds.Link, CalendarSetErrors.Of, (creationId, link) => (link.Id, CalendarLinkProperties.All.ServerSet(link, request.Create.First(c => c.Key == creationId).Value)));
    }
}

using System.Text.Json.Nodes;
using Bastide.Calendar.Booking;
using Bastide.Protocols.Jmap;

namespace Bastide.Calendar.Jmap;

/// <summary><c>BookingPage/get</c>: the pages on which others book; see docs/protocols/calendar.md.</summary>
sealed class BookingPageGet(BookingPages pages)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = GetRequest.Parse(call, BookingPageProperties.All.Names);
        var ids = new RequestedIds(CalendarIds.BookingPage, request.Ids);
        var (found, state) = await pages.Get(call.Caller, call.Account, ids.Numbers, call.Cancellation);
        return BookingPageProperties.All.Answer(call, state.ToString(), request, found, ids.NotFound(found.Select(page => page.Id)));
    }
}

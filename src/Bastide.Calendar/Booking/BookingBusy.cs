using System.Text.Json.Nodes;
using Bastide.Calendar.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.ITip;
using Bastide.Protocols.Jmap;
using Bastide.Protocols.JSCalendar;
using NodaTime;

namespace Bastide.Calendar.Booking;

/// <summary>Looks up what takes the time of a page's owner: in the calendars it names, as far as its owner may still know of them.</summary>
static class BookingBusy
{
    /// <summary>What is taken over the days a span touches. Throws <see cref="ExpansionRefusedException"/> where that is too much to be told.</summary>
    /// <param name="scope">The scope; a transaction that holds the account where a booking depends on it.</param>
    /// <param name="page">The page.</param>
    /// <param name="from">The beginning of the span.</param>
    /// <param name="to">Its end.</param>
    /// <param name="moved">The UID of a booking that is to be moved, which does not stand in its own way; or null.</param>
    public static async ValueTask<TakenTime> Load(ReadScope scope, BookingPageRow page, Instant from, Instant to, string? moved = null)
    {
        var zone = TimeZoneNames.Zone(page.Settings.TimeZone) ?? DateTimeZone.Utc;
        (from, to) = BookingSlots.Touched(page.Settings, from, to);
        var calendars = await Calendars(scope, page);
        var hits = await OccurrenceFinder.Find(scope, [.. calendars.Select(calendar => calendar.Account).Distinct()], [.. calendars.Select(calendar => calendar.CalendarId)], from, to, zone, CalendarObjects.MostOccurrences, scope.Cancellation);
        hits.RemoveAll(hit => hit.Busy is not (BusyKind.Busy or BusyKind.Tentative));
        var objects = (await ObjectTable.FindAny(scope, [.. hits.Select(hit => hit.ObjectId).Distinct()])).Where(found => !found.IsDraft && found.Uid != moved).ToDictionary(found => found.Id);
        // Only of what invites somebody it matters how they answered.
        var answered = objects.Values.Where(found => found.ScheduleTag is not null).Select(found => found.Id).ToList();
        var texts = await ObjectTable.Texts(scope, answered);
        var own = (await IdentityTable.AddressesOf(scope, [.. calendars.Select(calendar => calendar.Account).Distinct()])).ToLookup(one => one.Account, one => one.Address);
        var owners = calendars.ToDictionary(calendar => calendar.CalendarId, calendar => own[calendar.Account].ToHashSet(StringComparer.OrdinalIgnoreCase));
        var bookings = (await BookingTable.OfUids(scope, page.Account, [.. answered.Select(id => objects[id].Uid)])).ToDictionary(booking => booking.Uid);
        var read = new Dictionary<long, List<JsonObject>>();
        var (busy, around, booked) = (new List<(Instant, Instant)>(), new List<(Instant, Instant)>(), new Dictionary<LocalDate, int>());
        foreach (var hit in hits)
        {
            if (!objects.TryGetValue(hit.ObjectId, out var row)) continue;
            if (texts.TryGetValue(row.Id, out var text))
            {
                if (!read.TryGetValue(row.Id, out var all)) read[row.Id] = all = EventSeries.Read(CalendarObject.Of(ICalReader.ReadCalendar(text, ICalLimits.Object)), scope.Cancellation);
                if (Availability.InstanceOf(all, hit) is not { } instance) continue;
                var booking = bookings.GetValueOrDefault(row.Uid);
                if (HasDeclined(instance, owners[hit.CalendarId].Contains) || (booking is not null && HasDeclined(instance, address => CalendarAddress.IsSame(address, CalendarAddress.Of(booking.GuestAddress))))) continue;
                if (booking?.PageId == page.Id)
                {
                    booked[hit.Begin.InZone(zone).Date] = booked.GetValueOrDefault(hit.Begin.InZone(zone).Date) + 1;
                    // What stays free around the one that is there stays so.
                    around.Add((hit.Begin - Duration.FromMinutes(page.Settings.Before), hit.End + Duration.FromMinutes(page.Settings.After)));
                }
            }

            busy.Add((hit.Begin, hit.End));
        }

        if (page.Settings.UsesAvailability) around.AddRange(await Unavailable(scope, page.Account, from, to, zone));
        return new TakenTime(busy, around, booked);
    }

    /// <summary>Those of its calendars that are there and that its owner may look into, the one bookings go into first.</summary>
    public static async ValueTask<List<BusyCalendar>> Calendars(ReadScope scope, BookingPageRow page)
    {
        var calendars = new List<BusyCalendar>();
        if (await Home(scope, page) is { } home) calendars.Add(new BusyCalendar(page.Account, home));
        // At most as many accounts as a page names calendars.
        foreach (var account in page.Settings.BusyCalendars.Append(new BusyCalendar(page.Account, 0)).GroupBy(calendar => calendar.Account))
        {
            var access = await CalendarAccess.OfPerson(scope, page.Account, account.Key);
            if (access.IsNobody) continue;
            var present = (await CalendarTable.All(scope, account.Key)).Select(row => row.Id).ToHashSet();
            calendars.AddRange(account.Where(calendar => present.Contains(calendar.CalendarId) && access.May(Rights.Lookup, calendar.CalendarId)));
        }

        return [.. calendars.Distinct()];
    }

    /// <summary>The calendar bookings go into; null where the account has none.</summary>
    public static async ValueTask<long?> Home(ReadScope scope, BookingPageRow page)
    {
        if (page.Settings.CalendarId is { } id && await CalendarTable.Find(scope, page.Account, id) is not null && !(await SourceTable.Of(scope, page.Account)).ContainsKey(id)) return id;
        return (await CalendarTable.Default(scope, page.Account))?.Id;
    }

    static bool HasDeclined(JsonObject instance, Func<string, bool> isMeant) =>
        (instance["participants"] as JsonObject ?? []).Select(entry => entry.Value).Any(person => person.Member("calendarAddress").AsText() is { } address && isMeant(address.Trim()) && person.Member("participationStatus").AsText() is "declined" or "delegated");

    static async ValueTask<List<(Instant Begin, Instant End)>> Unavailable(ReadScope scope, AccountId account, Instant from, Instant to, DateTimeZone zone)
    {
        var rows = await ObjectTable.Availability(scope, account);
        var said = (await ObjectTable.Texts(scope, rows.ConvertAll(row => row.Id))).Values.Select(text => CalendarObject.Of(ICalReader.ReadCalendar(text, ICalLimits.Object)));
        return AvailabilityTimes.Busy(said, from, to, zone, scope.Cancellation).ConvertAll(time => (time.Begin, time.End));
    }
}

using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bastide.Abstractions.Identity;
using Bastide.Calendar.Links;
using Bastide.Calendar.Scheduling;
using Bastide.Calendar.Store;
using Bastide.Platform.Db;
using Bastide.Platform.Jobs;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.ITip;
using Bastide.Protocols.JSCalendar;
using Microsoft.AspNetCore.DataProtection;
using NodaTime;

namespace Bastide.Calendar.Booking;

/// <summary>
/// What guests do, who have no account: they see what is free, book, move and cancel. Whether a time is free is asked within
/// the transaction that books it, which holds the owner's account, so that of two who want it one gets it.
/// </summary>
public sealed class Bookings(Database database, IDirectory directory, Scheduler scheduler, JobQueue jobs, IDataProtectionProvider protection, TimeProvider time)
{
    /// <summary>The most bookings to come of one guest on a page.</summary>
    public const int MostComing = 5;

    const int MostAttempts = 5;
    readonly IDataProtector _protector = protection.CreateProtector(BookingMail.Purpose);

    Instant Now => Instant.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());

    /// <summary>The page of a token; null where there is none, or it is not open.</summary>
    public async ValueTask<BookingOffer?> Offer(string token, CancellationToken cancellation) =>
        await PageOf(token, cancellation) is { } page ? await Show(page, cancellation) : null;

    /// <summary>The beginnings that a page offers in a span of at most <see cref="BookingSlots.MostDays"/> days; null where there is no such page. Throws <see cref="ExpansionRefusedException"/>.</summary>
    public async ValueTask<IReadOnlyList<Instant>?> Slots(string token, Instant from, Instant to, CancellationToken cancellation) =>
        await PageOf(token, cancellation) is { } page ? await Slots(page, from, to, null, cancellation) : null;

    /// <summary>The beginnings that a booking may be moved to; null where it cannot be.</summary>
    public async ValueTask<IReadOnlyList<Instant>?> SlotsOf(string secret, Instant from, Instant to, CancellationToken cancellation) =>
        await BookingOf(secret, cancellation) is var (booking, page) && page.Settings.IsEnabled ? await Slots(page, from, to, booking.Uid, cancellation) : null;

    /// <summary>Books a time: the event comes into the owner's calendar, and both are told.</summary>
    public async Task<BookingOutcome> Book(string token, BookingRequest request, CancellationToken cancellation)
    {
        if (await PageOf(token, cancellation) is not { } page || await directory.Find(page.Account, cancellation) is not { Disabled: false } host) return BookingOutcome.NotFound;
        var (guest, error) = BookingGuest.Read(request, page.Settings);
        if (guest is null) return BookingOutcome.Invalid(error!);
        var local = await directory.Find(guest.Address, cancellation);
        if (local?.Account == page.Account) return BookingOutcome.Invalid("This is the address of whom you want to meet: give your own.");
        if (local is null && await directory.IsLocalDomain(guest.Address[(guest.Address.LastIndexOf('@') + 1)..], cancellation)) return BookingOutcome.Invalid("Nobody has this address: look whether it is written as it should be.");
        var identity = await database.Read(scope => ParticipantIdentities.Default(scope, page.Account), cancellation);
        // Who knows an address may not answer for whom it is of: people here are asked, others say by their mail program what they will.
        var calendar = BookingEvent.Create(page.Settings, guest, identity?.CalendarAddress ?? CalendarAddress.Of(host.Address), host.Name, request.Start, isAsked: local is not null, Now, cancellation);
        var plan = await scheduler.Plan(null, page.Account, null, calendar, SchedulingWishes.Usual, cancellation);
        if (plan.Refused is { } refused) return BookingOutcome.Invalid(refused.Description);
        var content = ObjectContent.Write(calendar, time.GetUtcNow(), cancellation);
        content = content.WithScheduleTag(content.Row.ETag);
        var secret = LinkToken.New();
        var end = request.Start + Duration.FromMinutes(page.Settings.Duration);
        var row = new BookingRow
        {
            PageId = page.Id,
            Account = page.Account,
            Uid = calendar.Uid,
            EndAt = end.ToDateTimeOffset(),
            GuestName = guest.Name,
            GuestAddress = guest.Address,
            Language = guest.Language,
            TimeZone = guest.TimeZone,
            Sealed = _protector.Protect(secret),
            CreatedAt = time.GetUtcNow(),
        };
        return await database.Write(async scope =>
        {
            var run = await ObjectRun.Begin(scope, page.Account);
            if (await BookingPageTable.Find(scope, page.Id) is not { Settings.IsEnabled: true } present || present.Settings.Duration != page.Settings.Duration) return BookingOutcome.NotFound;
            if (!await IsFree(scope, present, request.Start, null)) return BookingOutcome.Taken;
            if (await BookingTable.Coming(scope, page.Id, guest.Address, time.GetUtcNow()) >= MostComing) return new BookingOutcome(BookingFailure.TooMany, "You have as many bookings here as one may have: cancel or move one of them.");
            if (await BookingBusy.Home(scope, present) is not { } home) return BookingOutcome.NotFound;
            var (id, full) = await run.Put(content, home, EventPreparation.NewResource(), null);
            if (full is not null) return BookingOutcome.NotFound;
            var booked = row with { Id = await BookingTable.Create(scope, row, LinkToken.HashOf(secret)!) };
            await Tell(scope, booked, BookingChange.Booked, EventNotificationKind.Created, null, content.Calendar, plan.Messages, local, (await EventTable.OfObjects(scope, [id])).Select(found => (long?)found.Id).FirstOrDefault());
            await run.Settle();
            return new BookingOutcome(null, null) { Secret = secret, Start = request.Start, End = end };
        }, cancellation);
    }

    /// <summary>The booking of a secret; null where there is none.</summary>
    public async ValueTask<BookingView?> Find(string secret, CancellationToken cancellation)
    {
        if (await BookingOf(secret, cancellation) is not var (booking, page)) return null;
        var present = await Present(booking, cancellation);
        return new BookingView(await Show(page, cancellation), page.Settings.IsEnabled, booking.GuestName, present is null ? null : BookingEvent.Times(present.Value.Calendar), booking.TimeZone)
        {
            File = present is null ? null : OrganizerMessages.Whole(present.Value.Calendar, CalendarAddress.Of(booking.GuestAddress), CalendarObjects.Product, Now, isQuiet: false) is { } message ? ICalWriter.Write(message.Object.Calendar) : null,
        };
    }

    /// <summary>Moves a booking to another time that its page offers.</summary>
    public async Task<BookingOutcome> Move(string secret, Instant start, string? zone, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            if (await BookingOf(secret, cancellation) is not var (booking, page) || !page.Settings.IsEnabled) return BookingOutcome.NotFound;
            if (await Present(booking, cancellation) is not var (row, before) || IsPast(before)) return BookingOutcome.Over;
            var local = await directory.Find(booking.GuestAddress, cancellation);
            var after = CalendarObject.Of(before.Calendar.Clone());
            var end = start + Duration.FromMinutes(page.Settings.Duration);
            BookingEvent.SetTimes(after, start, end);
            var plan = await scheduler.Plan(null, page.Account, before, after, SchedulingWishes.Usual, cancellation);
            // Who chose the time themselves need not be asked for it.
            if (local is null)
                foreach (var told in plan.Messages.Select(message => message.Object).Append(after))
                    BookingEvent.Accept(told, booking.GuestAddress);
            var content = ObjectContent.Write(after, time.GetUtcNow(), cancellation);
            content = content.WithScheduleTag(content.Row.ETag);
            var moved = booking with { EndAt = end.ToDateTimeOffset(), TimeZone = TimeZoneNames.Canonical(zone) ?? booking.TimeZone };
            var outcome = await database.Write(async scope =>
            {
                var run = await ObjectRun.Begin(scope, page.Account);
                if (await ObjectTable.OfUid(scope, page.Account, booking.Uid) is not { } stored || stored.ETag != row.ETag) return null;
                if (await BookingPageTable.Find(scope, page.Id) is not { Settings.IsEnabled: true } present) return BookingOutcome.NotFound;
                if (!await IsFree(scope, present, start, booking.Uid)) return BookingOutcome.Taken;
                var (id, full) = await run.Put(content, stored.CalendarId, stored.Resource, stored);
                if (full is not null) return BookingOutcome.NotFound;
                await BookingTable.Move(scope, moved);
                await Tell(scope, moved, BookingChange.Moved, EventNotificationKind.Updated, before, after, plan.Messages, local, (await EventTable.OfObjects(scope, [id])).Select(found => (long?)found.Id).FirstOrDefault());
                await run.Settle();
                return new BookingOutcome(null, null) { Start = start, End = end };
            }, cancellation);
            if (outcome is not null) return outcome;
        }

        return BookingOutcome.Taken;
    }

    /// <summary>Cancels a booking: its event goes out of both calendars.</summary>
    public async Task<BookingOutcome> Cancel(string secret, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            if (await BookingOf(secret, cancellation) is not var (booking, page)) return BookingOutcome.NotFound;
            if (await Present(booking, cancellation) is not var (row, before) || IsPast(before)) return BookingOutcome.Over;
            var local = await directory.Find(booking.GuestAddress, cancellation);
            var plan = await scheduler.Plan(null, page.Account, before, null, SchedulingWishes.Usual, cancellation);
            var outcome = await database.Write(async scope =>
            {
                var run = await ObjectRun.Begin(scope, page.Account);
                if (await ObjectTable.OfUid(scope, page.Account, booking.Uid) is not { } stored || stored.ETag != row.ETag) return null;
                await Tell(scope, booking, BookingChange.Cancelled, EventNotificationKind.Destroyed, before, before, plan.Messages, local, null);
                await run.Remove(stored);
                await run.Settle();
                var (start, end) = BookingEvent.Times(before);
                return new BookingOutcome(null, null) { Start = start, End = end };
            }, cancellation);
            if (outcome is not null) return outcome;
        }

        return BookingOutcome.Over;
    }

    async ValueTask<BookingPageRow?> PageOf(string token, CancellationToken cancellation) =>
        LinkToken.HashOf(token) is { } hash && await database.Read(scope => BookingPageTable.Find(scope, hash), cancellation) is { Settings.IsEnabled: true } page ? page : null;

    async ValueTask<(BookingRow Booking, BookingPageRow Page)?> BookingOf(string secret, CancellationToken cancellation)
    {
        if (LinkToken.HashOf(secret) is not { } hash) return null;
        return await database.Read<(BookingRow, BookingPageRow)?>(async scope =>
            await BookingTable.Find(scope, hash) is { } booking && await BookingPageTable.Find(scope, booking.PageId) is { } page ? (booking, page) : null, cancellation);
    }

    async ValueTask<BookingOffer> Show(BookingPageRow page, CancellationToken cancellation)
    {
        var zone = TimeZoneNames.Zone(page.Settings.TimeZone) ?? DateTimeZone.Utc;
        var host = await directory.Find(page.Account, cancellation);
        return new BookingOffer(page.Settings, host?.Name is { Length: > 0 } name ? name : host?.Address ?? "", page.Account, Now + Duration.FromMinutes(page.Settings.Notice), BookingSlots.LastDay(page.Settings, zone, Now));
    }

    async ValueTask<List<Instant>> Slots(BookingPageRow page, Instant from, Instant to, string? moved, CancellationToken cancellation)
    {
        var now = Now;
        // What is past or too far ahead is not looked up.
        (from, to) = (Instant.Max(from, now), Instant.Min(to, now + Duration.FromDays(page.Settings.Horizon + 2)));
        if (to <= from) return [];
        var taken = await database.Snapshot(scope => BookingBusy.Load(scope, page, from, to, moved), cancellation);
        return BookingSlots.Find(page.Settings, from, to, now, taken);
    }

    async ValueTask<bool> IsFree(WriteScope scope, BookingPageRow page, Instant start, string? moved)
    {
        var next = start + Duration.FromSeconds(1);
        return start > Now && start < Now + Duration.FromDays(page.Settings.Horizon + 2)
            && BookingSlots.Find(page.Settings, start, next, Now, await BookingBusy.Load(scope, page, start, next, moved)).Contains(start);
    }

    bool IsPast(CalendarObject calendar) => BookingEvent.Times(calendar).End <= Now;

    async ValueTask<(ObjectRow Row, CalendarObject Calendar)?> Present(BookingRow booking, CancellationToken cancellation)
    {
        var (row, text) = await database.Snapshot(async scope =>
        {
            var row = await ObjectTable.OfUid(scope, booking.Account, booking.Uid);
            return (row, row is null ? null : (await ObjectTable.Texts(scope, [row.Id])).GetValueOrDefault(row.Id));
        }, cancellation);
        if (row is null || text is null) return null;
        var calendar = CalendarObject.Of(ICalReader.ReadCalendar(text, ICalLimits.Object));
        return calendar.Master is { } master && !master.IsCancelled() ? (row, calendar) : null;
    }

    /// <summary>Tells both: the guest by mail, in their calendar too where it is here; the owner in theirs and by mail.</summary>
    async ValueTask Tell(
        WriteScope scope, BookingRow booking, BookingChange change, EventNotificationKind kind, CalendarObject? before, CalendarObject told, IReadOnlyList<ITipMessage> messages, DirectoryEntry? local, long? eventId)
    {
        var key = CalendarAddress.Key(CalendarAddress.Of(booking.GuestAddress));
        var own = messages.Where(message => CalendarAddress.Key(message.Recipient) == key).ToList();
        // A guest elsewhere has one mail, with the link and with what programs read.
        await scheduler.Send(scope, booking.Account, local is null ? [.. messages.Except(own)] : messages);
        var now = EventSeries.Read(told, scope.Cancellation)[0];
        var was = before is null ? null : EventSeries.Read(before, scope.Cancellation).FirstOrDefault();
        var patch = was is null || kind == EventNotificationKind.Destroyed ? null : JsonPointers.Difference(was, now);
        foreach (var name in new[] { "updated", "sequence", "created" }) patch?.Remove(name);
        var notice = new EventNotice(kind, booking.Uid, booking.GuestName, CalendarAddress.Of(booking.GuestAddress), was ?? now, patch, null) { EventId = eventId, ByAccount = local?.Account };
        await NotificationTable.Add(scope, booking.Account, notice, time.GetUtcNow());
        var (start, end) = BookingEvent.Times(told);
        var master = told.Master!;
        var payload = new BookingMailPayload(booking.Id, change, false, BookingEvent.TitleOf(master, booking.GuestName), master.Text("LOCATION"), start.ToUnixTimeSeconds(), end.ToUnixTimeSeconds(), null,
            own.Count == 0 ? null : ITipMessage.NameOf(own[0].Method), own.Count == 0 ? null : Encoding.UTF8.GetString(own[0].Write()));
        var forHost = payload with { IsForHost = true, Method = null, Text = null, Details = change == BookingChange.Booked ? master.Text("DESCRIPTION") : null };
        await jobs.EnqueueMany(scope, [Request(payload), Request(forHost)]);
    }

    static JobRequest Request(BookingMailPayload payload) => new(BookingMail.JobKind, JsonSerializer.Serialize(payload, BookingJson.Default.BookingMailPayload));
}

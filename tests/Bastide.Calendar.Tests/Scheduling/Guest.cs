using System.Text;
using Bastide.Calendar.Scheduling;
using Bastide.Calendar.Store;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.ITip;

namespace Bastide.Calendar.Tests.Scheduling;

/// <summary>Somebody who invites or is invited: what they store, and what they find in their calendar.</summary>
public sealed class Guest(CalendarWorkplace workplace, CalendarPerson person, long calendar)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public CalendarPerson Person => person;

    public string Address => "mailto:" + person.Address;

    public static async Task<Guest> Of(CalendarWorkplace workplace, string name)
    {
        var person = await workplace.Add(name);
        return new Guest(workplace, person, await workplace.First(person));
    }

    /// <summary>Stores an object of these components and lets every message arrive.</summary>
    public async Task<PutOutcome> Put(string uid, params string[] components)
    {
        var outcome = await TryPut(uid, Texts.Object(string.Join('\n', components)));
        outcome.Refused.ShouldBeNull(outcome.Refused?.Description);
        return outcome;
    }

    public async Task<PutOutcome> TryPut(string uid, byte[] text, SchedulingWishes? wishes = null)
    {
        var present = await Stored(uid);
        var outcome = await workplace.Objects.Put(person.Caller, person.Account, present?.CalendarId ?? calendar, present?.Resource ?? $"{uid}.ics", text, null, false, wishes ?? SchedulingWishes.Usual, Cancellation);
        await workplace.Settle();
        return outcome;
    }

    /// <summary>Changes the text that is stored and lets every message arrive.</summary>
    public async Task Change(string uid, Func<string, string> change)
    {
        var outcome = await TryPut(uid, Encoding.UTF8.GetBytes(change((await Text(uid))!)));
        outcome.Refused.ShouldBeNull(outcome.Refused?.Description);
    }

    /// <summary>Answers the series or what does not recur.</summary>
    public Task Answer(string uid, string status) => Edit(uid, calendar => SetStatus(calendar.Master ?? calendar.Instances.First(), status));

    /// <summary>Answers one instance.</summary>
    public Task AnswerInstance(string uid, string recurrenceId, string status) => Edit(uid, calendar => SetStatus(InstanceOf(calendar, recurrenceId), status));

    /// <summary>Changes the object and stores it.</summary>
    public async Task Edit(string uid, Action<CalendarObject> change)
    {
        var present = CalendarObject.Of(ICalReader.ReadCalendar((await Stored(uid))!.Text!.Value.Span, ICalLimits.Object));
        change(present);
        var outcome = await TryPut(uid, ICalWriter.Write(present.Calendar));
        outcome.Refused.ShouldBeNull(outcome.Refused?.Description);
    }

    public async Task Remove(string uid, SchedulingWishes? wishes = null)
    {
        var stored = (await Stored(uid))!;
        (await workplace.Objects.Remove(person.Caller, person.Account, stored.CalendarId, stored.Resource, null, wishes ?? SchedulingWishes.Usual, Cancellation)).ShouldBeNull();
        await workplace.Settle();
    }

    public ValueTask<StoredObject?> Stored(string uid) => workplace.Objects.OfUid(person.Caller, person.Account, uid, true, Cancellation);

    public async Task<string?> Text(string uid) => await Stored(uid) is { } stored ? Texts.Of(stored).Replace("\r\n ", "", StringComparison.Ordinal) : null;

    public async Task<CalendarObject?> Object(string uid) => await Stored(uid) is { } stored ? CalendarObject.Of(ICalReader.ReadCalendar(stored.Text!.Value.Span, ICalLimits.Object)) : null;

    /// <summary>How somebody answered, as this person knows it; of one instance, as far as it has a component of its own.</summary>
    public async Task<string?> StatusOf(string uid, string address, string? recurrenceId = null)
    {
        var found = await Object(uid);
        var component = recurrenceId is null ? found?.Master ?? found?.Instances.First() : found?.Instances.FirstOrDefault(instance => instance.Property("RECURRENCE-ID")!.Value == recurrenceId);
        return component?.Attendee(address)?.Status();
    }

    /// <summary>The component of an instance, made where there is none.</summary>
    public static ICalComponent InstanceOf(CalendarObject calendar, string recurrenceId)
    {
        if (calendar.Instances.FirstOrDefault(instance => instance.Property("RECURRENCE-ID")!.Value == recurrenceId) is { } known) return known;
        var master = calendar.Master!;
        var instance = new ICalComponent(master.Name, master.Properties.Where(property => property.Name is not ("RRULE" or "EXDATE" or "RDATE")));
        instance.Set("DTSTART", recurrenceId);
        instance.Add(new ICalProperty("RECURRENCE-ID", recurrenceId, master.Property("DTSTART")!.Parameters));
        calendar.Calendar.Append(instance);
        return instance;
    }

    void SetStatus(ICalComponent component, string status)
    {
        var attendee = component.Attendee(Address)!;
        component.Replace(attendee, attendee.WithParameter("PARTSTAT", status).WithParameter("RSVP", (string?)null));
    }

    /// <summary>What was done to their events, from the oldest.</summary>
    internal async Task<List<EventNotification>> Notifications() => await workplace.Fixture.Database.Read(scope => NotificationTable.All(scope, person.Account), Cancellation);
}

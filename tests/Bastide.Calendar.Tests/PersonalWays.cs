using Bastide.Platform.Changes;
using NodaTime;

namespace Bastide.Calendar.Tests;

/// <summary>Short ways to say what a test needs of the operations.</summary>
static class PersonalWays
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    extension(CalendarWorkplace workplace)
    {
        /// <summary>The calendar somebody began with.</summary>
        public async Task<long> First(CalendarPerson person) => (await workplace.Calendars.Get(person.Caller, person.Account, null, Cancellation)).Found.Single(calendar => calendar.IsDefault).Id;

        /// <summary>A new calendar of somebody.</summary>
        public async Task<long> NewCalendar(CalendarPerson person, string name, CalendarKinds kinds = CalendarKinds.All)
        {
            var outcome = await workplace.Calendars.Set(person.Caller, person.Account, new CalendarSet { Create = new Dictionary<string, CalendarCreate> { ["new"] = new() { Name = name, Kinds = kinds } } }, Cancellation);
            outcome.NotCreated.ShouldBeEmpty();
            return outcome.Created["new"].Id;
        }

        /// <summary>Stores a text; who does it is the owner, unless somebody else is named.</summary>
        public Task<PutOutcome> Put(CalendarPerson owner, long calendar, string resource, byte[] text, string? ifMatch = null, bool ifNoneMatch = false, CalendarPerson? by = null) =>
            workplace.Objects.Put((by ?? owner).Caller, owner.Account, calendar, resource, text, ifMatch, ifNoneMatch, Cancellation);

        /// <summary>Stores a text that is not refused.</summary>
        public async Task<StoredObject> Keep(CalendarPerson owner, long calendar, string resource, byte[] text)
        {
            var outcome = await workplace.Put(owner, calendar, resource, text);
            outcome.Refused.ShouldBeNull();
            return outcome.Stored!;
        }

        /// <summary>What is stored under a name, for the owner or somebody else.</summary>
        public async Task<StoredObject?> Find(CalendarPerson owner, long calendar, string resource, CalendarPerson? by = null) =>
            await workplace.Objects.Find((by ?? owner).Caller, owner.Account, calendar, resource, withText: true, Cancellation);

        /// <summary>What changed in a calendar.</summary>
        public async Task<ObjectChanges?> Changed(CalendarPerson owner, long calendar, Sequence since, int limit = 100, CalendarPerson? by = null) =>
            await workplace.Objects.Changed((by ?? owner).Caller, owner.Account, calendar, since, limit, Cancellation);

        /// <summary>The occurrences in a time, as "recurrence id or uid's object, begin".</summary>
        public async Task<IReadOnlyList<OccurrenceHit>?> InWindow(CalendarPerson owner, long calendar, Instant from, Instant to, DateTimeZone? zone = null, CalendarPerson? by = null) =>
            await workplace.Objects.InWindow((by ?? owner).Caller, owner.Account, calendar, from, to, zone ?? DateTimeZone.Utc, Cancellation);
    }
}

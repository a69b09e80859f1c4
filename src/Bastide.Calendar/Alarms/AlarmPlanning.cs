using System.Text.Json.Nodes;
using Bastide.Calendar.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;
using Bastide.Protocols.ICalendar;
using NodaTime;

namespace Bastide.Calendar.Alarms;

/// <summary>
/// Keeps the table of coming alarms: looks anew at objects that changed, and at those of which more comes as time goes on.
/// Any node may do it; what one has settled, another leaves alone.
/// </summary>
sealed class AlarmPlanning(Database database, TimeProvider time)
{
    const int AtOnce = 50;

    /// <summary>How far ahead alarms are in the table.</summary>
    public static readonly Duration Ahead = Duration.FromDays(3);

    // What was due while a change waited to be looked at still goes off; what was past when it was made does not.
    static readonly Duration Behind = Duration.FromMinutes(5);

    /// <summary>Looks at everything that is to be looked at now.</summary>
    public async Task Plan(CancellationToken cancellation)
    {
        while (true)
        {
            var now = Instant.FromDateTimeOffset(time.GetUtcNow());
            var plans = await database.Read(scope => AlarmPlanTable.Due(scope, now.ToUnixTimeSeconds(), AtOnce), cancellation);
            if (plans.Count == 0) return;
            var found = new List<(AlarmPlan Plan, Instant From, IReadOnlyList<ComingAlarm> Alarms, Instant? Next)>();
            foreach (var some in plans.GroupBy(plan => plan.Account))
            {
                var reading = await database.Snapshot(scope => Load(scope, some.Key, [.. some]), cancellation);
                found.AddRange(some.Select(plan =>
                {
                    var from = From(plan, now);
                    var (alarms, next) = reading.Find(plan, from, now + Ahead, cancellation);
                    return (plan, from, alarms, next);
                }));
            }

            await database.Write(async scope =>
            {
                foreach (var (plan, from, alarms, next) in found)
                    if (await AlarmPlanTable.Settle(scope, plan, next?.ToUnixTimeSeconds()))
                        await AlarmTable.Replace(scope, plan.ObjectId, from.ToUnixTimeSeconds(), alarms);
            }, cancellation);
        }
    }

    /// <summary>Where nobody looked for long, as far back as an alarm may be late.</summary>
    static Instant From(AlarmPlan plan, Instant now)
    {
        if (plan.PlanAt == 0) return now - Behind;
        return Instant.Max(now - AlarmFiring.Latest, Instant.Min(now - Behind, Instant.FromUnixTimeSeconds(plan.PlanAt)));
    }

    static async ValueTask<Reading> Load(ReadScope scope, AccountId account, IReadOnlyList<AlarmPlan> plans)
    {
        var ids = plans.Select(plan => plan.ObjectId).ToList();
        var rows = (await ObjectTable.Find(scope, account, ids)).ToDictionary(row => row.Id);
        var texts = await ObjectTable.Texts(scope, ids);
        var personal = (await PersonalTable.OfObjects(scope, ids)).ToLookup(one => one.ObjectId, one => (one.Person, one.Json));
        var people = personal.SelectMany(some => some.Select(one => one.Person)).Append(account).Distinct().ToList();
        var calendars = (await CalendarTable.All(scope, account)).ToDictionary(row => row.Id);
        var views = await CalendarTable.Views(scope, rows.Values.Select(row => row.CalendarId).Distinct().ToList(), people);
        var zones = await CalendarTable.DefaultZones(scope, people);
        var addresses = (await IdentityTable.AddressesOf(scope, people)).ToLookup(one => one.Account, one => one.Address);
        return new Reading(rows, texts, personal, calendars, views, zones, addresses);
    }

    /// <summary>What the alarms of some objects of one account depend on.</summary>
    sealed record Reading(
        Dictionary<long, ObjectRow> Rows, Dictionary<long, byte[]> Texts, ILookup<long, (AccountId Person, string Json)> Personal, Dictionary<long, CalendarRow> Calendars,
        Dictionary<(long Calendar, AccountId Person), CalendarView> Views, Dictionary<AccountId, string> Zones, ILookup<AccountId, string> Addresses)
    {
        public (IReadOnlyList<ComingAlarm> Alarms, Instant? Next) Find(AlarmPlan plan, Instant from, Instant to, CancellationToken cancellation)
        {
            if (!Rows.TryGetValue(plan.ObjectId, out var row) || row.IsDraft || !Texts.TryGetValue(row.Id, out var text) || !Calendars.TryGetValue(row.CalendarId, out var calendar)) return ([], null);
            var alarms = new List<ComingAlarm>();
            Instant? next = null;
            foreach (var person in People(plan, row, calendar))
            {
                var (some, again) = AlarmExpansion.Of(CalendarObject.Of(ICalReader.ReadCalendar(text, ICalLimits.Object)), person, from, to, cancellation);
                alarms.AddRange(some);
                if (again is { } at && (next is null || at < next)) next = at;
            }

            return (alarms, next);
        }

        /// <summary>The owner, and whoever has something of their own of it. What is a team's has nobody's alarms in its text.</summary>
        IEnumerable<AlarmPerson> People(AlarmPlan plan, ObjectRow row, CalendarRow calendar)
        {
            if (plan.Kind == AccountKind.User) yield return Person(plan.Account, true, null, calendar);
            foreach (var (person, json) in Personal[row.Id])
                if (person != plan.Account)
                    yield return Person(person, false, CalendarJson.Read(json), calendar);
        }

        AlarmPerson Person(AccountId account, bool isOwner, JsonObject? personal, CalendarRow calendar)
        {
            var view = Views.GetValueOrDefault((calendar.Id, account));
            // A day begins where the person is: what they said of this calendar, else of the one that is theirs.
            var zone = view?.TimeZone ?? (isOwner ? calendar.TimeZone : null) ?? Zones.GetValueOrDefault(account) ?? calendar.TimeZone;
            return new AlarmPerson(
                account, isOwner, personal, CalendarJson.Read(view?.AlertsWithTime), CalendarJson.Read(view?.AlertsWithoutTime), TimeZoneNames.Zone(zone) ?? DateTimeZone.Utc,
                Addresses[account].ToHashSet(StringComparer.OrdinalIgnoreCase));
        }
    }
}

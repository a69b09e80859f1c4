using System.Globalization;
using Bastide.Calendar.Alarms;
using Bastide.Calendar.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;

namespace Bastide.Calendar.Tests.Alarms;

/// <summary>How a test lets time pass and hears what goes off.</summary>
static class AlarmWays
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    extension(CalendarWorkplace workplace)
    {
        /// <summary>What the clock of a node does when it wakes.</summary>
        public async Task Ring()
        {
            await workplace.Get<AlarmFiring>().Fire(Cancellation);
            await workplace.Get<AlarmPlanning>().Plan(Cancellation);
            await workplace.Get<AlarmFiring>().Fire(Cancellation);
        }

        /// <summary>Lets the clock go to a moment, ringing whenever a node would wake for an alarm, and answers what went off for somebody: the event, the instance, the alert and when.</summary>
        public async Task<List<string>> Until(CalendarPerson person, string moment)
        {
            var told = new List<string>();
            var end = DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture);
            var since = await workplace.AlertState(person);
            for (; ; )
            {
                await workplace.Ring();
                var now = await workplace.AlertState(person);
                var pushed = now == since ? [] : await workplace.Get<AlarmFiring>().Pushed(person.Caller, since, now, Cancellation);
                told.AddRange(pushed.Select(alert => $"{alert["uid"]} {alert["recurrenceId"]?.ToString() ?? "-"} {alert["alertId"]} {workplace.Time.GetUtcNow():dd'T'HH:mm}"));
                since = now;
                var left = end - workplace.Time.GetUtcNow();
                if (left <= TimeSpan.Zero) return told;
                var next = await workplace.Fixture.Database.Read(async scope => (Due: await AlarmTable.Next(scope), Plan: await AlarmPlanTable.Next(scope)), Cancellation);
                var until = DateTimeOffset.FromUnixTimeSeconds(Math.Min(next.Due ?? long.MaxValue / 1000, next.Plan ?? long.MaxValue / 1000) is var at && at < end.ToUnixTimeSeconds() ? at : end.ToUnixTimeSeconds()) - workplace.Time.GetUtcNow();
                workplace.Time.Advance(until > TimeSpan.Zero && until < left ? until : left);
            }
        }

        /// <summary>Lets time pass while no node runs.</summary>
        public void SleepUntil(string moment) => workplace.Time.Advance(DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture) - workplace.Time.GetUtcNow());

        /// <summary>Where the alarms of somebody stand.</summary>
        public async Task<Sequence> AlertState(CalendarPerson person) =>
            await workplace.Fixture.Database.Read(scope => AccountTable.State(scope, person.Account, CalendarTypes.CalendarAlert), Cancellation);
    }
}

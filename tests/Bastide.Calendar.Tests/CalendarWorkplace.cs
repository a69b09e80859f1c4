using Bastide.Platform.Accounts;
using Bastide.Platform.Jobs;
using Microsoft.AspNetCore.Builder;

namespace Bastide.Calendar.Tests;

/// <summary>A workplace with calendars. Jobs run when the test says so.</summary>
public sealed class CalendarWorkplace : ModuleWorkplace<CalendarPerson>
{
    CalendarWorkplace(DatabaseFixture fixture, WebApplication app)
        : base(fixture, app, (http, account, address) => new CalendarPerson(http, account, address))
    {
    }

    public Calendars Calendars => Get<Calendars>();

    public CalendarObjects Objects => Get<CalendarObjects>();

    public CalendarEvents Events => Get<CalendarEvents>();

    public static async Task<CalendarWorkplace> Start(DatabaseFixture fixture) => new(fixture, await Open(fixture, new CalendarModule()));

    /// <summary>Gives somebody rights on an account, or on one calendar of it.</summary>
    public Task Give(CalendarPerson owner, CalendarPerson grantee, Rights rights, long? calendar = null) =>
        Give(owner, grantee, rights, calendar is { } id ? new CollectionRef(CalendarTypes.Calendar, id) : null);

    public Task<int> RunJobs() => Get<JobRunner>().RunDue(CancellationToken.None);
}

using Bastide.Abstractions.Mail;
using Bastide.Platform.Accounts;
using Bastide.Platform.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

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

    /// <summary>The mail of the workplace.</summary>
    public PostBox Post => Get<PostBox>();

    public static async Task<CalendarWorkplace> Start(DatabaseFixture fixture) => new(fixture, await Open(fixture, new CalendarModule(), services =>
    {
        services.AddSingleton<PostBox>();
        services.AddSingleton<IProgramMail>(provider => provider.GetRequiredService<PostBox>());
        services.AddSingleton<ICalendarMail>(provider => provider.GetRequiredService<PostBox>());
    }));

    /// <summary>Gives somebody rights on an account, or on one calendar of it.</summary>
    public Task Give(CalendarPerson owner, CalendarPerson grantee, Rights rights, long? calendar = null) =>
        Give(owner, grantee, rights, calendar is { } id ? new CollectionRef(CalendarTypes.Calendar, id) : null);

    public Task<int> RunJobs() => Get<JobRunner>().RunDue(CancellationToken.None);

    /// <summary>Runs jobs until none is due: what one says to another arrives, and what that answers.</summary>
    public async Task Settle()
    {
        while (await RunJobs() > 0)
        {
        }
    }
}

using Bastide.Abstractions.Mail;
using Bastide.Platform.Blobs;
using Bastide.Platform.Db;
using Bastide.Platform.Jobs;
using Bastide.Platform.Limits;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Bastide.Mail.Delivery;

/// <summary>Registers delivery: the submissions, the queue and its jobs.</summary>
public static class DeliveryServices
{
    /// <summary>Adds <see cref="Submissions"/> and what carries mail to people here and elsewhere.</summary>
    public static IServiceCollection AddDelivery(this IServiceCollection services)
    {
        services.TryAddSingleton<DeliveryLimits>();
        services.AddSingleton<Queue>();
        services.AddSingleton<Routes>();
        services.AddSingleton<Senders>();
        services.AddSingleton<LocalDelivery>();
        services.AddSingleton<RemoteDelivery>();
        services.AddSingleton<DeliveryReports>();
        services.AddSingleton<SubmissionDraft>();
        services.AddSingleton<VacationReply>();
        services.AddSingleton<IProgramMail, ProgramMail>();
        services.AddSingleton<ICalendarMail, CalendarMail>();
        services.AddSingleton(Submissions);
        services.AddSingleton<IJobHandler>(provider => provider.GetRequiredService<VacationReply>());
        services.AddSingleton<IJobHandler, DeliveryJob>();
        services.AddSingleton<IJobHandler, SubmissionRelease>();
        services.AddSingleton<IJobHandler, SubmissionSweep>();
        services.AddSingleton<IBlobReferences, DeliveryReferences>();
        return services;
    }

    // Its constructor takes what is nobody else's business, so it is not public and the container cannot call it.
    static Submissions Submissions(IServiceProvider provider) => new(
        provider.GetRequiredService<Database>(),
        provider.GetRequiredService<JobQueue>(),
        provider.GetRequiredService<Queue>(),
        provider.GetRequiredService<LocalDelivery>(),
        provider.GetRequiredService<SubmissionDraft>(),
        provider.GetRequiredService<Senders>(),
        provider.GetRequiredService<Routes>(),
        provider.GetRequiredService<Limiter>(),
        provider.GetRequiredService<DeliveryLimits>(),
        provider.GetServices<ISentMailListener>(),
        provider.GetRequiredService<TimeProvider>());
}

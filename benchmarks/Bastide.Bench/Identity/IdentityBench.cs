using System.Diagnostics;
using Bastide.Identity.Credentials;
using Bastide.Testing;

namespace Bastide.Bench.Identity;

/// <summary>
/// Signing in and refreshing over HTTP, on the program as an operator starts it: a process of its own, the embedded
/// database, limits on. "Per core" is what one second of that process's processor time carries, so that neither the
/// driver nor other programs of the machine count. It is warmed up first, so that the figures are a working day's and not
/// those of the first seconds, when half of the time goes into compiling.
/// </summary>
static class IdentityBench
{
    const string Password = "bastide-demo";
    const int Hashes = 40;
    const int SignIns = 60;
    const int WarmUp = 300;
    const int Refreshes = 1000;
    const int Callers = 6;
    static readonly string[] People = ["alice", "bob", "chloe"];

    public static async Task Run(Report report, CancellationToken cancellation)
    {
        await using var workplace = await RunningWorkplace.Start();
        report.Title($"Identity: passwords kept with {PasswordHash.Cost}; SQLite, {Environment.ProcessorCount} cores shared with the driver");
        report.Table(["hash of one password, ms", "median", "p99"], [["Argon2id by itself", .. await HashTimes(cancellation)]]);

        using var single = new SignInClient(workplace.Url);
        for (var i = 0; i < WarmUp; i++) await single.SignIn(People[i % People.Length], Password, cancellation);
        var signIns = await Measured(workplace.Process, SignIns, 1, (_, i) => Ignore(single.SignIn(People[i % People.Length], Password, cancellation)));
        var clients = Enumerable.Range(0, Callers).Select(_ => new SignInClient(workplace.Url)).ToArray();
        var together = await Measured(workplace.Process, SignIns * 5, Callers, (caller, _) => Ignore(clients[caller].SignIn(People[caller % People.Length], Password, cancellation)));
        report.Table(["password sign-ins (page, password, code, tokens)", "per second", "per core and second", "median ms", "p99 ms"], [Row("1 person", signIns), Row($"{Callers} at once", together)]);
        report.Target("sign-ins per core and second (Keycloak publishes 15 per vCPU)", together.PerCore, "sign-ins", atLeast: true, 15);

        var tokens = new string[Callers];
        for (var i = 0; i < Callers; i++) tokens[i] = await clients[i].SignIn(People[i % People.Length], Password, cancellation);
        async Task Refresh(int caller) => tokens[caller] = await clients[caller].Refresh(tokens[caller], cancellation);
        for (var i = 0; i < Refreshes / 2; i++) await Refresh(0);
        var refreshes = await Measured(workplace.Process, Refreshes, 1, (_, _) => Refresh(0));
        var refreshesTogether = await Measured(workplace.Process, Refreshes * 2, Callers, (caller, _) => Refresh(caller));
        report.Table(["token refreshes (rotated, durable)", "per second", "per core and second", "median ms", "p99 ms"], [Row("1 application", refreshes), Row($"{Callers} at once", refreshesTogether)]);
        foreach (var client in clients) client.Dispose();
    }

    static async Task<string[]> HashTimes(CancellationToken cancellation)
    {
        using var hash = new PasswordHash();
        var stored = await hash.Make(Password, cancellation);
        var times = await Measure.Times(Hashes, async _ => await hash.Verify(Password, stored, cancellation));
        return [Report.Figure(Measure.Median(times)), Report.Figure(Measure.Percentile(times, 99))];
    }

    /// <summary>So many calls by so many callers, with the processor time the server spent on them.</summary>
    static async Task<(double PerSecond, double PerCore, double[] Times)> Measured(Process server, int calls, int callers, Func<int, int, Task> work)
    {
        server.Refresh();
        var (processor, started) = (server.TotalProcessorTime, Stopwatch.GetTimestamp());
        var times = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => Measure.Times(calls / callers, i => work(caller, i)))));
        var took = Stopwatch.GetElapsedTime(started);
        server.Refresh();
        var all = times.SelectMany(t => t).Order().ToArray();
        return (all.Length / took.TotalSeconds, all.Length / (server.TotalProcessorTime - processor).TotalSeconds, all);
    }

    static string[] Row(string name, (double PerSecond, double PerCore, double[] Times) figures) =>
    [
        name, Report.Figure(figures.PerSecond), Report.Figure(figures.PerCore), Report.Figure(Measure.Median(figures.Times)), Report.Figure(Measure.Percentile(figures.Times, 99)),
    ];

    static async Task Ignore(Task<string> task) => await task;
}

using System.Diagnostics;
using System.Globalization;
using Bastide.Testing;

namespace Bastide.Bench.Mail;

/// <summary>
/// 100,000 messages in one account of the whole program, a process of its own, asked over HTTP as the web client asks.
/// <c>BASTIDE_BENCH_MESSAGES</c> makes it fewer for a quick look.
/// </summary>
static class MailBench
{
    const int Rounds = 3;
    const string Alice = "alice@demo.localhost";

    static readonly int Messages = int.Parse(Environment.GetEnvironmentVariable("BASTIDE_BENCH_MESSAGES") ?? "100000", CultureInfo.InvariantCulture);

    public static async Task Run(Report report, CancellationToken cancellation)
    {
        using var directory = new TempDirectory();
        var mbox = directory.Below("Inbox.mbox");
        await new MailCorpus(Messages).Write(mbox, cancellation);
        report.Title($"Mail: {Messages:N0} messages ({new FileInfo(mbox).Length >> 20} MB) in one account, {Environment.ProcessorCount} cores, below {Path.GetTempPath()}; figures are of the best of {Rounds} rounds");
        await Measured(report, "SQLite", "sqlite", mbox, cancellation);
        using var cluster = await PostgresCluster.Start(durable: true, Path.GetTempPath());
        await Measured(report, "PostgreSQL", await cluster.CreateDatabase(), mbox, cancellation);
    }

    static async Task Measured(Report report, string engine, string database, string mbox, CancellationToken cancellation)
    {
        await using var workplace = await RunningWorkplace.Start(environment: new Dictionary<string, string> { ["BASTIDE_DATABASE"] = database, ["BASTIDE_TEST__NOLIMITS"] = "true" });
        var secret = (await Succeed(workplace, "app-password", "add", Alice, "--label", "Benchmark")).Trim();
        using var jmap = new JmapClient(workplace.Url, Alice, secret);
        var account = await jmap.Account();
        var client = new MailClient(jmap, account, await jmap.MailboxWithRole(account, "inbox"));

        var started = Stopwatch.GetTimestamp();
        await Succeed(workplace, "import", Alice, "mbox", mbox);
        var imported = Stopwatch.GetElapsedTime(started);
        await client.Find(MailCorpus.Word(0));
        var searchable = Stopwatch.GetElapsedTime(started);

        var rows = new List<string[]>
        {
            new[] { "messages imported a second", Report.Figure(Messages / imported.TotalSeconds), "" },
            new[] { "messages imported and indexed a second", Report.Figure(Messages / searchable.TotalSeconds), "" },
        };
        async Task<double> Row(string name, int calls, Func<int, Task> work)
        {
            double[]? best = null;
            for (var round = 0; round < Rounds; round++)
            {
                cancellation.ThrowIfCancellationRequested();
                var times = await Measure.Times(calls, work);
                if (best is null || Measure.Median(times) < Measure.Median(best)) best = times;
            }

            rows.Add([name, Report.Figure(Measure.Median(best!)), Report.Figure(Measure.Percentile(best!, 99))]);
            return Measure.Median(best!);
        }

        for (var i = 0; i < 50; i++) await client.List(0);
        var list = await Row("the newest 50 with their list properties", 200, _ => client.List(0));
        await Row("the web client's window: their threads and all of those too", 100, _ => client.Window(0));
        var middle = Messages / 4;
        await Row($"50 conversations at position {middle:N0}", 30, _ => client.List(middle));
        var slowest = 0.0;
        (string, string)[] searches = [("a common word", MailCorpus.Word(5)), ("a rare word", MailCorpus.Word(30_000)), ("two words", $"{MailCorpus.Word(40)} {MailCorpus.Word(300)}")];
        foreach (var (name, words) in searches)
        {
            slowest = Math.Max(slowest, await Row($"search: {name}", 50, _ => client.Find(words)));
            await Row($"search: {name}, with snippets", 20, _ => client.Search(words));
        }

        var newest = (await client.List(0))[0]![1]!["ids"]!.AsArray().Select(id => (string)id!).ToList();
        await Row("one message flagged or not", 100, i => client.Flag(newest[i % newest.Count], i / newest.Count % 2 == 0));
        workplace.Process.Refresh();
        rows.Add(["server, MB resident", Report.Figure(workplace.Process.WorkingSet64 / 1048576.0), ""]);
        report.Table([engine, "median ms or figure", "p99 ms"], rows);
        report.Target($"{engine}: the newest 50 and their list properties", list, "ms", atLeast: false, 10);
        report.Target($"{engine}: the slowest search", slowest, "ms", atLeast: false, 50);
    }

    static async Task<string> Succeed(RunningWorkplace workplace, params string[] arguments)
    {
        var (code, output, error) = await workplace.Run(arguments);
        return code == 0 ? output : throw new InvalidOperationException($"bastide {string.Join(' ', arguments)} failed: {error}");
    }
}

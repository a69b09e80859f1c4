using System.Globalization;
using Bastide.Testing;

namespace Bastide.Bench.Calendar;

/// <summary>
/// Bastide beside Radicale and Cyrus, one after the other on the same data: storing events, fetching a hundred, asking for a
/// week of a calendar of 10,000 objects, and what changed. <c>BASTIDE_BENCH_EVENTS</c> makes the calendar smaller,
/// <c>BASTIDE_BENCH_SERVER=cyrus</c> (or bastide, radicale) measures that one alone.
/// </summary>
static class CalendarBench
{
    const int Callers = 8;
    const int Series = 500;
    const int OfMultiget = 100;
    const int Changes = 10;
    const double AskedOfRadicale = 10;
    const double AskedOfCyrus = 2;
    const string User = "person";
    const string Password = "bench";

    static readonly int Events = int.Parse(Environment.GetEnvironmentVariable("BASTIDE_BENCH_EVENTS") ?? "10000", CultureInfo.InvariantCulture);

    public static async Task Run(Report report, CancellationToken cancellation)
    {
        if (Environment.GetEnvironmentVariable("BASTIDE_BENCH_SERVER") is { Length: > 0 } server)
        {
            report.Title($"Calendar: {Events:N0} objects of which {Series} are series, {Callers} callers, {server} alone");
            var alone = server == "cyrus" ? await OfCyrus(cancellation) : server == "radicale" ? await OfRadicale(cancellation) : await OfBastide(cancellation);
            report.Table(["requests a second", server], alone.Select(entry => (string[])[entry.Key, Report.Figure(entry.Value)]));
            return;
        }

        if (!RadicaleServer.IsInstalled || !CyrusServer.IsInstalled) throw new InvalidOperationException("Calendars are measured beside Radicale and Cyrus: apt-get install radicale gunicorn cyrus-caldav sasl2-bin");
        report.Title($"Calendar: {Events:N0} objects of which {Series} are series, {Callers} callers, {Environment.ProcessorCount} cores shared with the clients");
        var ours = await OfBastide(cancellation);
        var cyrus = await OfCyrus(cancellation);
        var radicale = await OfRadicale(cancellation);
        report.Table(["requests a second", "Bastide", "Cyrus", "ratio", "Radicale", "ratio"],
            ours.Keys.Select(name => (string[])[name, Report.Figure(ours[name]), Report.Figure(cyrus[name]), Report.Figure(ours[name] / cyrus[name]), Report.Figure(radicale[name]), Report.Figure(ours[name] / radicale[name])]));
        foreach (var name in ours.Keys)
        {
            report.Target($"{name}, times Cyrus's", ours[name] / cyrus[name], "", atLeast: true, AskedOfCyrus);
            report.Target($"{name}, times Radicale's", ours[name] / radicale[name], "", atLeast: true, AskedOfRadicale);
        }
    }

    static async Task<Dictionary<string, double>> OfBastide(CancellationToken cancellation)
    {
        await using var server = await RunningWorkplace.Start(demo: false, environment: new Dictionary<string, string> { ["BASTIDE_TEST__NOLIMITS"] = "true" });
        var address = User + "@demo.localhost";
        await Succeed(server, "user", "add", address);
        var password = (await Succeed(server, "app-password", "add", address, "--label", "Benchmark")).Trim();
        using var client = new CalendarClient(server.Url, address, password);
        return await Measured(client, "/dav/", cancellation);
    }

    static async Task<Dictionary<string, double>> OfCyrus(CancellationToken cancellation)
    {
        using var server = await CyrusServer.Start(User, Password, cancellation);
        using var client = new CalendarClient(server.Url, User, Password);
        return await Measured(client, "/dav/calendars/", cancellation);
    }

    static async Task<Dictionary<string, double>> OfRadicale(CancellationToken cancellation)
    {
        using var server = await RadicaleServer.Start();
        using var client = new CalendarClient(server.Url, User, Password, keepsConnections: false);
        return await Measured(client, "/", cancellation, server.Keep);
    }

    static async Task<Dictionary<string, double>> Measured(CalendarClient client, string root, CancellationToken cancellation, Func<string, string, CancellationToken, Task>? keep = null)
    {
        var each = Math.Max(1, Events / Series);
        var (full, small) = (await client.Make("full", root, cancellation), await client.Make("small", root, cancellation));
        string Path(int number) => string.Create(CultureInfo.InvariantCulture, $"{full}event{number}.ics");
        await Parallel.ForAsync(0, Events, new ParallelOptions { MaxDegreeOfParallelism = Callers, CancellationToken = cancellation },
            async (number, c) => await (keep ?? client.Put)(Path(number), CalendarCorpus.Object($"event{number}", number, each), c));
        var (all, token) = await client.Sync(full, "", cancellation);
        Expect(Events, all, "sync-collection of everything");
        var random = Enumerable.Range(0, Callers).Select(seed => new Random(seed)).ToArray();

        var made = 0;
        var puts = await Measure.PerSecond(Callers, async _ =>
        {
            var number = Interlocked.Increment(ref made);
            await client.Put(string.Create(CultureInfo.InvariantCulture, $"{small}put{number}.ics"), CalendarCorpus.Object($"put{number}", number, each), cancellation);
        }, cancellation);
        var multigets = await Measure.PerSecond(Callers, async caller =>
            Expect(OfMultiget, await client.Multiget(full, Enumerable.Range(random[caller].Next(Events - OfMultiget), OfMultiget).Select(Path), cancellation), "calendar-multiget"), cancellation);
        var ofWeek = await client.Between(full, CalendarCorpus.Monday(0), CalendarCorpus.Monday(1), cancellation);
        if (ofWeek < Events / 1000) throw new InvalidOperationException($"A week has only {ofWeek} objects.");
        var queries = await Measure.PerSecond(Callers, async caller =>
        {
            var week = random[caller].Next(99);
            await client.Between(full, CalendarCorpus.Monday(week), CalendarCorpus.Monday(week + 1), cancellation);
        }, cancellation);
        for (var number = 0; number < Changes; number++)
            await client.Put(Path(number), CalendarCorpus.Object($"event{number}", number, each).Replace("harbour", "bridge", StringComparison.Ordinal), cancellation);
        var syncs = await Measure.PerSecond(Callers, async _ => Expect(Changes, (await client.Sync(full, token, cancellation)).Changed, "sync-collection"), cancellation);
        return new Dictionary<string, double>
        {
            ["PUT of an event"] = puts,
            [$"multiget of {OfMultiget}"] = multigets,
            ["a week, by time-range"] = queries,
            [$"sync-collection after {Changes} changes"] = syncs,
        };
    }

    static void Expect(int expected, int came, string what)
    {
        if (came != expected) throw new InvalidOperationException($"{what} answered {came} and not {expected}.");
    }

    static async Task<string> Succeed(RunningWorkplace workplace, params string[] arguments)
    {
        var (code, output, error) = await workplace.Run(arguments);
        return code == 0 ? output : throw new InvalidOperationException($"bastide {string.Join(' ', arguments)} failed: {error}");
    }
}

using System.Globalization;
using Bastide.Bench.Mail;
using Bastide.Testing;

namespace Bastide.Bench.Imap;

/// <summary>
/// Bastide beside Dovecot, one after the other on the same data: a hundred clients in a mixed load, one mailbox of 100,000
/// messages, 1,000 idle connections. <c>BASTIDE_BENCH_MESSAGES</c> makes the large mailbox smaller for a quick look.
/// </summary>
static class ImapBench
{
    const int Clients = 100;
    const int People = 20;
    const int MessagesOfEach = 2_000;
    const int IdleConnections = 1_000;
    const int Rounds = 5;
    const double AskedOfCommands = 1.5;
    const string Large = "large";

    static readonly int LargeMailbox = int.Parse(Environment.GetEnvironmentVariable("BASTIDE_BENCH_MESSAGES") ?? "100000", CultureInfo.InvariantCulture);

    public static async Task Run(Report report, CancellationToken cancellation)
    {
        if (!DovecotServer.IsInstalled) throw new InvalidOperationException("IMAP is measured beside Dovecot: apt-get install dovecot-imapd");
        using var directory = new TempDirectory();
        var (small, large) = (Path.Combine(directory.Below("small"), "Inbox.mbox"), Path.Combine(directory.Below("large"), "Inbox.mbox"));
        foreach (var path in (string[])[small, large]) Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await new MailCorpus(MessagesOfEach).Write(small, cancellation);
        await new MailCorpus(LargeMailbox).Write(large, cancellation);
        report.Title($"IMAP: {Clients} clients of {People} people with {MessagesOfEach:N0} messages each, a mailbox of {LargeMailbox:N0}, {Environment.ProcessorCount} cores shared with the clients");

        var peer = await OfDovecot(small, large, cancellation);
        var ours = await OfBastide(small, large, cancellation);
        var dovecot = "Dovecot " + (await DovecotServer.Version()).Split(' ')[0];
        report.Table(["", "Bastide", dovecot, "ratio"],
        [
            Row("commands a second", ours.PerSecond, peer.PerSecond),
            Row("median ms", Measure.Median(ours.Times), Measure.Median(peer.Times)),
            Row("p99 ms", Measure.Percentile(ours.Times, 99), Measure.Percentile(peer.Times, 99)),
            .. ours.Each.Keys.Select(name => Row($"  {name}: median ms", Measure.Median(ours.Each[name]), Measure.Median(peer.Each[name]))),
            .. ours.Each.Keys.Select(name => Row($"  {name}: p99 ms", Measure.Percentile(ours.Each[name], 99), Measure.Percentile(peer.Each[name], 99))),
            Row($"SELECT of {LargeMailbox:N0}, ms", ours.Select, peer.Select),
            Row($"FETCH 1:* (FLAGS) of {LargeMailbox:N0}, ms", ours.Flags, peer.Flags),
            Row($"MB for {IdleConnections:N0} idle connections", ours.Idle, peer.Idle),
            Row("MB of the server with them", ours.Whole, peer.Whole),
        ]);
        report.Target("commands a second, times Dovecot's", ours.PerSecond / peer.PerSecond, "", atLeast: true, AskedOfCommands);
        report.Target("p99 of a command", Measure.Percentile(ours.Times, 99), "ms", atLeast: false, Measure.Percentile(peer.Times, 99));
        report.Target($"SELECT of {LargeMailbox:N0}", ours.Select, "ms", atLeast: false, peer.Select);
        report.Target($"FETCH 1:* (FLAGS) of {LargeMailbox:N0}", ours.Flags, "ms", atLeast: false, peer.Flags);
    }

    static async Task<Figures> OfDovecot(string small, string large, CancellationToken cancellation)
    {
        const string Password = "bench";
        using var server = await DovecotServer.Start(Password);
        string[] people = [.. Enumerable.Range(0, People).Select(n => $"person{n}")];
        foreach (var person in people) await server.Import(person, small, cancellation);
        await server.Import(Large, large, cancellation);
        return await Measured(server.Port, [.. people.Select(person => (person, Password))], (Large, Password), server.Memory, cancellation);
    }

    static async Task<Figures> OfBastide(string small, string large, CancellationToken cancellation)
    {
        await using var server = await RunningWorkplace.Start(demo: false, environment: new Dictionary<string, string> { ["BASTIDE_TEST__NOLIMITS"] = "true" });
        var people = new List<(string User, string Password)>();
        for (var n = 0; n < People; n++) people.Add(await Add(server, $"person{n}@demo.localhost", small));
        var last = await Add(server, Large + "@demo.localhost", large);
        return await Measured(server.Imap, people, last, () => ProcessMemory.Proportional(server.Process.Id), cancellation);
    }

    static async Task<(string User, string Password)> Add(RunningWorkplace server, string address, string mbox)
    {
        await Succeed(server, "user", "add", address);
        var password = (await Succeed(server, "app-password", "add", address, "--label", "Benchmark")).Trim();
        await Succeed(server, "import", address, "mbox", mbox);
        return (address, password);
    }

    static async Task<Figures> Measured(int port, List<(string User, string Password)> people, (string User, string Password) large, Func<long> memory, CancellationToken cancellation)
    {
        var (perSecond, times, each) = await new MixedLoad(port, people, Clients).Run(cancellation);
        double select, flags;
        using (var client = await ImapDriver.SignIn(port, large.User, large.Password, cancellation))
        {
            await client.Do("SELECT INBOX", cancellation);
            await client.Do("FETCH 1:* (FLAGS)", cancellation);
            select = Measure.Median(await Measure.Times(Rounds, _ => client.Do("SELECT INBOX", cancellation)));
            flags = Measure.Median(await Measure.Times(Rounds, _ => client.Do("FETCH 1:* (FLAGS)", cancellation)));
        }

        var before = memory();
        var idle = new List<ImapDriver>();
        for (var i = 0; i < IdleConnections; i++)
        {
            var client = await ImapDriver.SignIn(port, people[i % people.Count].User, people[i % people.Count].Password, cancellation);
            idle.Add(client);
            await client.Do("SELECT INBOX", cancellation);
            await client.BeginIdle(cancellation);
        }

        var whole = memory();
        idle.ForEach(client => client.Dispose());
        return new Figures(perSecond, times, each, select, flags, (whole - before) / 1048576.0, whole / 1048576.0);
    }

    static string[] Row(string name, double ours, double theirs) => [name, Report.Figure(ours), Report.Figure(theirs), Report.Figure(ours / theirs)];

    static async Task<string> Succeed(RunningWorkplace workplace, params string[] arguments)
    {
        var (code, output, error) = await workplace.Run(arguments);
        return code == 0 ? output : throw new InvalidOperationException($"bastide {string.Join(' ', arguments)} failed: {error}");
    }

    sealed record Figures(double PerSecond, double[] Times, IReadOnlyDictionary<string, double[]> Each, double Select, double Flags, double Idle, double Whole);
}

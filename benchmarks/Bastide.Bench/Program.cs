using Bastide.Bench;
using Bastide.Bench.Calendar;
using Bastide.Bench.Identity;
using Bastide.Bench.Imap;
using Bastide.Bench.Mail;
using Bastide.Bench.Platform;

// Each benchmark is a row here and a folder beside this file.
(string Name, Func<Report, CancellationToken, Task> Run)[] benchmarks =
[
    ("platform", PlatformBench.Run),
    ("identity", IdentityBench.Run),
    ("mail", MailBench.Run),
    ("imap", ImapBench.Run),
    ("calendar", CalendarBench.Run),
];

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

var unknown = args.Except(benchmarks.Select(b => b.Name)).ToList();
if (unknown.Count > 0)
{
    Console.Error.WriteLine($"There is no benchmark {string.Join(", ", unknown)}; there are {string.Join(", ", benchmarks.Select(b => b.Name))}.");
    return 2;
}

var report = new Report();
foreach (var (name, run) in benchmarks)
    if (args.Length == 0 || args.Contains(name))
        await run(report, stop.Token);
return report.AllReached ? 0 : 1;

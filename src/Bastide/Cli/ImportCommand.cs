using System.CommandLine;
using Bastide.Identity;
using Bastide.Mail;
using Bastide.Mail.Import;
using Spectre.Console;

namespace Bastide.Cli;

/// <summary><c>bastide import ADDRESS mbox|eml|maildir PATH</c>: may be interrupted and run again; nothing comes twice.</summary>
static class ImportCommand
{
    public static Command Make()
    {
        var address = new Argument<string>("ADDRESS") { Description = "Whose mail it becomes" };
        var format = new Argument<string>("FORMAT") { Description = "mbox, eml or maildir" };
        format.AcceptOnlyFromAmong("mbox", "eml", "maildir");
        var path = new Argument<string>("PATH") { Description = "A file or a directory" };
        var command = new Command("import", "Import mail; may be run again, nothing comes twice") { address, format, path };
        command.SetAction((parsed, cancellation) => Offline.Run(parsed, async services =>
        {
            var from = Path.GetFullPath(parsed.GetValue(path)!);
            if (!Path.Exists(from)) throw new CommandException($"There is nothing at {from}.");
            var person = Offline.Value(await services.GetRequiredService<People>().Find(parsed.GetValue(address)!, Actor.Operator, cancellation));
            var kind = parsed.GetValue(format) switch { "mbox" => ImportFormat.Mbox, "eml" => ImportFormat.Eml, _ => ImportFormat.Maildir };
            var last = await Show(services.GetRequiredService<MailImport>().Run(person.Account, kind, from, cancellation));
            Console.WriteLine($"{last.Added} imported, {last.AlreadyThere} already there, {last.Refused} refused");
            if (last.LastError is { } error) await Console.Error.WriteLineAsync(error);
            return last.Refused == 0 ? 0 : 1;
        }, cancellation));
        return command;
    }

    static async Task<ImportProgress> Show(IAsyncEnumerable<ImportProgress> progress)
    {
        var last = new ImportProgress(0, 0, 0, 0, 0, 0, null);
        await AnsiConsole.Progress().HideCompleted(false).StartAsync(async context =>
        {
            var bar = context.AddTask("Importing");
            await foreach (var step in progress)
            {
                last = step;
                bar.MaxValue = Math.Max(1, step.TotalOctets);
                bar.Value = step.Octets;
                bar.Description = $"{step.Read} messages";
            }

            bar.Value = bar.MaxValue;
        });
        return last;
    }
}

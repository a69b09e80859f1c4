using System.CommandLine;
using Bastide.Calendar.Import;
using Bastide.Contacts.Import;
using Bastide.Drive.Import;
using Bastide.Identity;
using Bastide.Mail;
using Bastide.Mail.Import;
using Spectre.Console;

namespace Bastide.Cli;

/// <summary>
/// <c>bastide import ADDRESS mbox|eml|maildir|vcf|ics|files PATH</c>, or <c>imap imaps://USER@HOST</c>: may be interrupted and run again;
/// nothing comes twice.
/// </summary>
static class ImportCommand
{
    public static Command Make()
    {
        var address = new Argument<string>("ADDRESS") { Description = "Whose it becomes" };
        var format = new Argument<string>("FORMAT") { Description = "mbox, eml, maildir or imap; vcf for contacts, ics for calendars, files for files" };
        format.AcceptOnlyFromAmong("mbox", "eml", "maildir", "imap", "vcf", "ics", "files");
        var path = new Argument<string>("PATH") { Description = "A file or a directory; for imap, imaps://USER@HOST, its password in BASTIDE_IMPORT_PASSWORD or asked for" };
        var command = new Command("import", "Import mail, contacts, calendars or files; may be run again, nothing comes twice") { address, format, path };
        command.SetAction((parsed, cancellation) => Offline.Run(parsed, async services =>
        {
            var from = parsed.GetValue(path)!;
            var server = parsed.GetValue(format) == "imap" ? await Server(from, cancellation) : null;
            if (server is null && !Path.Exists(from)) throw new CommandException($"There is nothing at {Path.GetFullPath(from)}.");
            var person = Offline.Value(await services.GetRequiredService<People>().Find(parsed.GetValue(address)!, Actor.Operator, cancellation));
            if (parsed.GetValue(format) == "vcf") return await Contacts(services.GetRequiredService<ContactImport>().Run(person.Account, Path.GetFullPath(from), cancellation));
            if (parsed.GetValue(format) == "ics") return await ImportCalendars.Run(services.GetRequiredService<CalendarImport>().Run(person.Account, Path.GetFullPath(from), cancellation));
            if (parsed.GetValue(format) == "files") return await ImportFiles.Run(services.GetRequiredService<FileImport>().Run(person.Account, Path.GetFullPath(from), cancellation));
            var import = services.GetRequiredService<MailImport>();
            var kind = parsed.GetValue(format) switch { "mbox" => ImportFormat.Mbox, "eml" => ImportFormat.Eml, _ => ImportFormat.Maildir };
            var last = await Show(server is null ? import.Run(person.Account, kind, Path.GetFullPath(from), cancellation) : import.Run(person.Account, server, cancellation));
            Console.WriteLine($"{last.Added} imported, {last.AlreadyThere} already there, {last.Refused} refused");
            if (last.LastError is { } error) await Console.Error.WriteLineAsync(error);
            return last.Refused == 0 ? 0 : 1;
        }, cancellation));
        return command;
    }

    /// <summary>The server of an address with the user in it; the password is never an argument, which others of the machine could read.</summary>
    static async ValueTask<ImportServer> Server(string address, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("imap" or "imaps") || uri.UserInfo.Length == 0 || uri.UserInfo.Contains(':', StringComparison.Ordinal))
            throw new CommandException("The server is written as imaps://USER@HOST, with @ in the user as %40.");
        var user = Uri.UnescapeDataString(uri.UserInfo);
        var password = Environment.GetEnvironmentVariable("BASTIDE_IMPORT_PASSWORD");
        if (string.IsNullOrEmpty(password) && !Console.IsInputRedirected)
            password = await new TextPrompt<string>($"Password of {Markup.Escape(user)} at {Markup.Escape(uri.Host)}:").Secret().ShowAsync(AnsiConsole.Console, cancellation);
        if (string.IsNullOrEmpty(password)) throw new CommandException("The password of the other server is missing: put it into BASTIDE_IMPORT_PASSWORD.");
        return new ImportServer(uri, user, password);
    }

    /// <summary>Cards, each that is refused with its line and the reason.</summary>
    static async Task<int> Contacts(IAsyncEnumerable<ContactImportProgress> progress)
    {
        var last = new ContactImportProgress(0, 0, 0, 0, 0, 0, []);
        var errors = new List<string>();
        await AnsiConsole.Progress().HideCompleted(false).StartAsync(async context =>
        {
            var bar = context.AddTask("Importing");
            await foreach (var step in progress)
            {
                last = step;
                errors.AddRange(step.Errors);
                bar.MaxValue = Math.Max(1, step.TotalOctets);
                bar.Value = step.Octets;
                bar.Description = $"{step.Read} cards";
            }

            bar.Value = bar.MaxValue;
        });
        Console.WriteLine($"{last.Added} imported, {last.AlreadyThere} already there, {last.Refused} refused");
        foreach (var error in errors) await Console.Error.WriteLineAsync(error);
        return last.Refused == 0 ? 0 : 1;
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

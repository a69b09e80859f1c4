using System.CommandLine;
using Bastide.Abstractions.Export;
using Bastide.Identity;

namespace Bastide.Cli;

/// <summary><c>bastide export ADDRESS DIR</c>: what the modules offer of what a person owns, as files in open formats, in a directory of its own.</summary>
static class ExportCommand
{
    public static Command Make()
    {
        var address = new Argument<string>("ADDRESS") { Description = "Whose" };
        var directory = new Argument<string>("DIR") { Description = "A directory that is empty, or made" };
        var command = new Command("export", "Export a person's contacts and calendars as vCard and iCalendar files") { address, directory };
        command.SetAction((parsed, cancellation) => Offline.Run(parsed, async services =>
        {
            var to = Path.GetFullPath(parsed.GetValue(directory)!);
            if (Directory.Exists(to) && Directory.EnumerateFileSystemEntries(to).Any()) throw new CommandException($"{to} is not empty: export into a directory of its own.");
            var person = Offline.Value(await services.GetRequiredService<People>().Find(parsed.GetValue(address)!, Actor.Operator, cancellation));
            Directory.CreateDirectory(to);
            foreach (var export in services.GetServices<IAccountExport>())
            {
                var written = 0L;
                await foreach (var count in export.Export(person.Account, to, cancellation)) written = count;
                Console.WriteLine($"{written} {export.What}");
            }

            return 0;
        }, cancellation));
        return command;
    }
}

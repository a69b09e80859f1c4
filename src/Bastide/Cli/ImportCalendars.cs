using Bastide.Calendar.Import;
using Spectre.Console;

namespace Bastide.Cli;

/// <summary><c>bastide import ADDRESS ics PATH</c>: calendars from files of iCalendar, what is refused with its line and the reason.</summary>
static class ImportCalendars
{
    public static async Task<int> Run(IAsyncEnumerable<CalendarImportProgress> progress)
    {
        var last = new CalendarImportProgress(0, 0, 0, 0, 0, 0, []);
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
                bar.Description = $"{step.Added + step.Updated + step.AlreadyThere} calendar objects";
            }

            bar.Value = bar.MaxValue;
        });
        Console.WriteLine($"{last.Added} imported, {last.Updated} updated, {last.AlreadyThere} already there, {last.Refused} refused");
        foreach (var error in errors) await Console.Error.WriteLineAsync(error);
        return last.Refused == 0 ? 0 : 1;
    }
}

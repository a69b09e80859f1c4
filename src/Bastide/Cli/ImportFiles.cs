using Bastide.Drive.Import;
using Spectre.Console;

namespace Bastide.Cli;

/// <summary><c>bastide import ADDRESS files PATH</c>: files with the folders they stand in, what is refused with its path and the reason.</summary>
static class ImportFiles
{
    public static async Task<int> Run(IAsyncEnumerable<FileImportProgress> progress)
    {
        var last = new FileImportProgress(0, 0, 0, 0, 0, 0, []);
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
                bar.Description = $"{step.Added + step.Updated + step.AlreadyThere} files";
            }

            bar.Value = bar.MaxValue;
        });
        Console.WriteLine($"{last.Added} imported, {last.Updated} updated, {last.AlreadyThere} already there, {last.Refused} refused");
        foreach (var error in errors) await Console.Error.WriteLineAsync(error);
        return last.Refused == 0 ? 0 : 1;
    }
}

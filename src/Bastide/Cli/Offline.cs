using System.CommandLine;
using System.Text.Json;
using Bastide.Identity;
using Bastide.Platform.Settings;

namespace Bastide.Cli;

/// <summary>What the commands that are not <c>serve</c> share: the services without the listeners, and one line for a failure.</summary>
static class Offline
{
    static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Runs work on the data directory of the command line, beside a running server or without one.</summary>
    public static Task<int> Run(ParseResult parsed, Func<IServiceProvider, Task<int>> work, CancellationToken cancellation) =>
        Guard(async () =>
        {
            var settings = Workplace.Settings(parsed.GetValue(Commands.Data), demo: false);
            await using var services = await Workplace.Services(settings, cancellation);
            return await work(services);
        });

    /// <summary>Turns what a person can mend into one line and exit code 1.</summary>
    public static async Task<int> Guard(Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception exception) when (exception is SettingsException or CommandException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    /// <summary>The answer of an operation, or the reason of its refusal as the command's failure.</summary>
    public static T Value<T>(Outcome<T> outcome) where T : class => outcome.Refusal is { } refusal ? throw new CommandException(refusal.Description) : outcome.Value!;

    /// <summary>Turns a refusal into the command's failure.</summary>
    public static void Check(Refusal? refusal)
    {
        if (refusal is not null) throw new CommandException(refusal.Description);
    }

    /// <summary>One line from standard input.</summary>
    public static async Task<string> ReadPassword(CancellationToken cancellation) =>
        await Console.In.ReadLineAsync(cancellation) is { Length: > 0 } line ? line : throw new CommandException("Standard input gave no password.");

    /// <summary>Writes a listing as JSON.</summary>
    public static void WriteJson<T>(T value) => Console.Out.WriteLine(JsonSerializer.Serialize(value, Indented));
}

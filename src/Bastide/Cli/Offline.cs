using System.CommandLine;
using System.Data.Common;
using System.Net.Sockets;
using System.Text.Json;
using Bastide.Demo;
using Bastide.Identity;
using Bastide.Platform.Settings;

namespace Bastide.Cli;

/// <summary>What the commands that are not <c>serve</c> share: the services without the listeners, and one line for a failure.</summary>
static class Offline
{
    static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// Runs work on the workplace of the data directory of the command line, beside a running server or without one. A
    /// directory that holds none is a slip of the pen, not a place to begin one.
    /// </summary>
    public static Task<int> Run(ParseResult parsed, Func<IServiceProvider, Task<int>> work, CancellationToken cancellation) =>
        Guard(async () =>
        {
            var settings = Settings(parsed);
            if (settings.IsSqlite && !File.Exists(Path.Combine(settings.Data, "bastide.db")))
                throw new CommandException($"There is no workplace in {settings.Data}: name its data directory with --data.");
            return await Open(settings, work, cancellation);
        });

    /// <summary>The same for what may come before the first start: the first domain, the first administrator.</summary>
    public static Task<int> Begin(ParseResult parsed, Func<IServiceProvider, Task<int>> work, CancellationToken cancellation) =>
        Guard(() => Open(Settings(parsed), work, cancellation));

    static BastideSettings Settings(ParseResult parsed)
    {
        var data = parsed.GetValue(Commands.Data);
        var settings = Workplace.Settings(data, demo: false);
        return DemoData.IsIn(settings.Data) ? Workplace.Settings(data, demo: true) : settings;
    }

    static async Task<int> Open(BastideSettings settings, Func<IServiceProvider, Task<int>> work, CancellationToken cancellation)
    {
        DataDirectory.Make(settings.Data);
        await using var services = await Workplace.Services(settings, cancellation);
        return await work(services);
    }

    /// <summary>Turns whatever goes wrong into one line and exit code 1.</summary>
    public static async Task<int> Guard(Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (OperationCanceledException)
        {
            return await Fail("Interrupted.");
        }
        catch (Exception exception) when (exception is SettingsException or CommandException or IOException or UnauthorizedAccessException)
        {
            return await Fail(exception.Message);
        }
        catch (Exception exception) when (exception is DbException || exception.GetBaseException() is DbException or SocketException)
        {
            return await Fail("The database cannot be used: " + exception.GetBaseException().Message);
        }
    }

    static async Task<int> Fail(string message)
    {
        await Console.Error.WriteLineAsync(message.ReplaceLineEndings(" "));
        return 1;
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

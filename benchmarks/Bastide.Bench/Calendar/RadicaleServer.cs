using System.Diagnostics;
using System.Globalization;
using Bastide.Testing;

namespace Bastide.Bench.Calendar;

/// <summary>
/// Radicale from Debian in a directory of its own, on a free loopback port, with its storage and its fsync as Debian ships
/// them, and within Gunicorn as its manual has it: by itself it drops connections when many come at once.
/// </summary>
sealed class RadicaleServer : IDisposable
{
    const string Binary = "/usr/bin/radicale";
    const string Gunicorn = "/usr/bin/gunicorn";
    readonly TempDirectory _home = new();
    readonly Process _process;

    RadicaleServer(int port)
    {
        Url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"));
        var configuration = _home.Below("config");
        // Whoever says who they are is let in: what signing in costs is not compared.
        File.WriteAllText(configuration, $"""
            [auth]
            type = none
            [storage]
            filesystem_folder = {Storage}
            [logging]
            level = warning
            """);
        string[] arguments = ["--bind", Url.Authority, "--env", "RADICALE_CONFIG=" + configuration, "--workers", "8", "--timeout", "600", "--log-level", "error", "radicale"];
        _process = Process.Start(new ProcessStartInfo(Gunicorn, arguments))!;
    }

    /// <summary>Whether Debian's package is installed.</summary>
    public static bool IsInstalled => File.Exists(Binary) && File.Exists(Gunicorn);

    /// <summary>Where it is.</summary>
    public Uri Url { get; }

    string Storage => _home.Below("collections");

    /// <summary>
    /// Puts an object where Radicale keeps it: to send it takes longer the more there are, hours for ten thousand.
    /// </summary>
    public async Task Keep(string path, string text, CancellationToken cancellation) =>
        await File.WriteAllTextAsync(Path.Combine(Storage, "collection-root", path.Trim('/')), text, cancellation);

    /// <summary>Starts one.</summary>
    public static async Task<RadicaleServer> Start()
    {
        var server = new RadicaleServer(RunningWorkplace.FreePort());
        using var http = new HttpClient();
        await Wait.Until(async () =>
        {
            if (server._process.HasExited) throw new InvalidOperationException("Radicale ended at once.");
            try
            {
                using var answer = await http.GetAsync(server.Url);
                return true;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }, "Radicale to listen");
        return server;
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _home.Dispose();
    }
}

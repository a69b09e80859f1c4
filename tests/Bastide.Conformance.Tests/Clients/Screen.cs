using System.Diagnostics;

namespace Bastide.Conformance.Clients;

/// <summary>A screen that nobody sees (Xvfb), for a program with windows.</summary>
sealed class Screen : IAsyncDisposable
{
    readonly Process _process;

    Screen(Process process, string display) => (_process, Display) = (process, display);

    /// <summary>The display, as <c>DISPLAY</c> names it.</summary>
    public string Display { get; }

    /// <summary>Starts one on a display that is free, which it tells.</summary>
    public static async Task<Screen> Start()
    {
        var start = new ProcessStartInfo("Xvfb") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { "-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp" }) start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        process.BeginErrorReadLine();
        var display = await Wait.For(process.StandardOutput.ReadLineAsync());
        return new Screen(process, $":{display ?? throw new InvalidOperationException("Xvfb ended at once.")}");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}

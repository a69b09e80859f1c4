using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bastide.Conformance.Clients;

/// <summary>
/// Evolution of Debian with a home of its own: the daemons that keep its sources, calendars and address books on a bus of
/// their own, its keyring in a file (libsecret's), a screen that nobody sees for its windows. Driven by <c>Evolution.py</c>.
/// </summary>
sealed class Evolution : IAsyncDisposable
{
    /// <summary>How long an answer may take: longer than the script waits for anything, so that it tells what it waited for.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(150);

    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    readonly TempDirectory _home = new();
    readonly StringBuilder _said = new();
    Screen? _screen;
    Process? _session;
    TcpClient? _connection;
    StreamReader? _answers;
    StreamWriter? _ask;
    bool _isLate;

    Evolution()
    {
    }

    /// <summary>Starts it with nothing set up.</summary>
    public static async Task<Evolution> Start()
    {
        var evolution = new Evolution();
        try
        {
            evolution._screen = await Screen.Start();
            await evolution.StartSession();
            return evolution;
        }
        catch
        {
            await evolution.DisposeAsync();
            throw;
        }
    }

    /// <summary>Calls one of the functions of <c>Evolution.py</c>.</summary>
    public async Task<JsonNode?> Do(string function, params object?[] arguments)
    {
        // What is late is nobody's answer to the next question.
        if (_isLate) throw new InvalidOperationException("It did not answer before.");
        _isLate = true;
        await _ask!.WriteLineAsync(JsonSerializer.Serialize(arguments.Prepend(function), Plain));
        var line = await _answers!.ReadLineAsync().WaitAsync(Longest);
        _isLate = false;
        if (line is null || JsonNode.Parse(line) is not JsonObject answer) throw new InvalidOperationException($"It ended in {function}: {Said}");
        return answer["error"] is { } error ? throw new InvalidOperationException($"{function}: {error}\n{Said}") : answer["value"];
    }

    public async ValueTask DisposeAsync()
    {
        if (_session is not null)
        {
            // With the connection the script ends, with that the bus, with that every daemon.
            _connection?.Dispose();
            using var patience = new CancellationTokenSource(Wait.Longest);
            try
            {
                await _session.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _session.Kill(entireProcessTree: true);
                await _session.WaitForExitAsync();
            }

            _session.Dispose();
        }

        if (_screen is not null) await _screen.DisposeAsync();
        await ClientHome.Remove(_home);
    }

    /// <summary>The last of what the programs printed.</summary>
    string Said
    {
        get
        {
            lock (_said) return _said.ToString(Math.Max(0, _said.Length - 4000), Math.Min(_said.Length, 4000));
        }
    }

    async Task StartSession()
    {
        var script = _home.Below("Evolution.py");
        await using (var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream("Bastide.Conformance.Tests.Dav.Evolution.py")!)
        await using (var file = File.Create(script)) await resource.CopyToAsync(file);
        var start = new ProcessStartInfo("dbus-run-session") { RedirectStandardOutput = true, RedirectStandardError = true };
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        foreach (var argument in new[] { "--", "/usr/bin/python3", "-W", "ignore::DeprecationWarning", script, port }) start.ArgumentList.Add(argument);
        var environment = start.Environment;
        environment["HOME"] = _home.Path;
        environment["XDG_RUNTIME_DIR"] = _home.Path;
        environment["XDG_CONFIG_HOME"] = _home.Below("config");
        environment["XDG_DATA_HOME"] = _home.Below("data");
        environment["XDG_CACHE_HOME"] = _home.Below("cache");
        environment["XDG_STATE_HOME"] = _home.Below("state");
        environment["DISPLAY"] = _screen!.Display;
        environment["LC_ALL"] = "C.UTF-8";
        environment["PYTHONUNBUFFERED"] = "1";
        // Settings in memory, files without daemons, a network that is there, and no keyring but a file.
        environment["GSETTINGS_BACKEND"] = "memory";
        environment["GIO_USE_VFS"] = "local";
        environment["GIO_USE_NETWORK_MONITOR"] = "base";
        environment["GTK_USE_PORTAL"] = "0";
        environment["SECRET_BACKEND"] = "file";
        environment["SECRET_FILE_TEST_PATH"] = _home.Below("keyring");
        environment["SECRET_FILE_TEST_PASSWORD"] = "the keyring of a test";
        environment.Remove("WAYLAND_DISPLAY");
        environment.Remove("DBUS_SESSION_BUS_ADDRESS");
        _session = Process.Start(start)!;
        _session.OutputDataReceived += (_, line) => Note(line.Data);
        _session.ErrorDataReceived += (_, line) => Note(line.Data);
        _session.BeginOutputReadLine();
        _session.BeginErrorReadLine();
        var connecting = listener.AcceptTcpClientAsync();
        if (await Task.WhenAny(connecting, _session.WaitForExitAsync()).WaitAsync(Longest) != connecting) throw new InvalidOperationException($"It ended at once: {Said}");
        _connection = await connecting;
        _answers = new StreamReader(_connection.GetStream());
        _ask = new StreamWriter(_connection.GetStream()) { AutoFlush = true };
    }

    void Note(string? line)
    {
        lock (_said) _said.AppendLine(line);
    }
}

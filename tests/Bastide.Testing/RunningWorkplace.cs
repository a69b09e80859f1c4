using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Bastide.Testing;

/// <summary>
/// The program as an operator starts it: a process of its own on free ports with its own data directory. It can be
/// killed without warning and started again on the same data. The test project must reference the executable.
/// </summary>
public sealed class RunningWorkplace : IAsyncDisposable
{
    static readonly ConcurrentDictionary<int, bool> Given = [];
    readonly TempDirectory _home = new();
    readonly Dictionary<string, string> _environment;
    readonly List<string> _arguments;
    readonly StringBuilder _output = new();
    Process? _process;

    RunningWorkplace(bool demo, IReadOnlyDictionary<string, string> environment)
    {
        Http = FreePort();
        Smtp = FreePort();
        Submission = FreePort();
        Submissions = FreePort();
        Imap = FreePort();
        Imaps = FreePort();
        _arguments = [Path.Combine(AppContext.BaseDirectory, "bastide.dll"), "serve", "--data", Data];
        if (demo) _arguments.Add("--demo");
        _environment = new Dictionary<string, string>
        {
            ["BASTIDE_DOMAIN"] = "demo.localhost",
            ["BASTIDE_URL"] = Url.GetLeftPart(UriPartial.Authority),
            ["BASTIDE_LISTEN__HTTP"] = Text(Http),
            ["BASTIDE_LISTEN__SMTP"] = Text(Smtp),
            ["BASTIDE_LISTEN__SUBMISSION"] = Text(Submission),
            ["BASTIDE_LISTEN__SUBMISSIONS"] = Text(Submissions),
            ["BASTIDE_LISTEN__IMAP"] = Text(Imap),
            ["BASTIDE_LISTEN__IMAPS"] = Text(Imaps),
            ["BASTIDE_LISTEN__MANAGESIEVE"] = "off",
        };
        foreach (var (name, value) in environment) _environment[name] = value;
    }

    /// <summary>The data directory.</summary>
    public string Data => Path.Combine(_home.Path, "data");

    /// <summary>The port of HTTP.</summary>
    public int Http { get; }

    /// <summary>The port of SMTP.</summary>
    public int Smtp { get; }

    /// <summary>The port of submission with STARTTLS.</summary>
    public int Submission { get; }

    /// <summary>The port of submission with TLS from the first byte.</summary>
    public int Submissions { get; }

    /// <summary>The port of IMAP with STARTTLS.</summary>
    public int Imap { get; }

    /// <summary>The port of IMAP with TLS from the first byte.</summary>
    public int Imaps { get; }

    /// <summary>The origin.</summary>
    public Uri Url => new($"http://localhost:{Http}/");

    /// <summary>The process while it runs.</summary>
    public Process Process => _process ?? throw new InvalidOperationException("The workplace is not running.");

    /// <summary>Starts one and waits until it is ready.</summary>
    public static async Task<RunningWorkplace> Start(bool demo = true, IReadOnlyDictionary<string, string>? environment = null)
    {
        var workplace = new RunningWorkplace(demo, environment ?? new Dictionary<string, string>());
        await workplace.Start();
        return workplace;
    }

    /// <summary>Starts it (again) on the same data and ports, and waits until it is ready.</summary>
    public async Task Start()
    {
        var start = new ProcessStartInfo(DotNet()) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in _arguments) start.ArgumentList.Add(argument);
        foreach (var (name, value) in _environment) start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _process = process;
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        await Wait.Until(async () => process.HasExited ? throw new InvalidOperationException($"The workplace ended at once:\n{Output}") : await IsReady(http), "the workplace to be ready");
    }

    /// <summary>Ends it without warning, as a power cut would (<c>kill -9</c>).</summary>
    public async Task Kill()
    {
        if (_process is null) return;
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>What it printed so far.</summary>
    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    /// <summary>Runs a command of the program on the same data; answers exit code, standard output and standard error.</summary>
    public Task<(int Code, string Output, string Error)> Run(params string[] arguments) => Run(new Dictionary<string, string>(), arguments);

    /// <summary>The same with further variables in its environment.</summary>
    public async Task<(int Code, string Output, string Error)> Run(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        using var process = Launch(environment, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    /// <summary>Starts a command of the program on the same data, with nothing to read; what it says is redirected.</summary>
    public Process Launch(params string[] arguments) => Launch(new Dictionary<string, string>(), arguments);

    Process Launch(IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        var start = new ProcessStartInfo(DotNet()) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.ArgumentList.Add(_arguments[0]);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.ArgumentList.Add("--data");
        start.ArgumentList.Add(Data);
        foreach (var (name, value) in _environment.Concat(environment)) start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Kill();
        _home.Dispose();
    }

    async Task<bool> IsReady(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(Url, "health/ready"));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    void Note(string? line)
    {
        if (line is null) return;
        lock (_output) _output.AppendLine(line);
    }

    static string DotNet() => Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";

    static string Text(int port) => port.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>
    /// A port that nobody listens on, given once. None of those that connections take for their own end (32768 and above):
    /// between the question and the listening one might take it.
    /// </summary>
    public static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(16_000, 32_000);
            if (!Given.TryAdd(port, true)) continue;
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody listens there.
            }
        }
    }
}

using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bastide.Conformance.Clients;

/// <summary>
/// Speaks Marionette, the way programs of Mozilla are driven: packets of JSON with their length before them, one command at
/// a time, run with the rights of the program itself.
/// </summary>
sealed class Marionette : IAsyncDisposable
{
    /// <summary>How long a script may take: longer than the scripts themselves wait for anything, so that they tell what they waited for.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(100);

    readonly TcpClient _tcp = new();
    int _last;

    Marionette()
    {
    }

    /// <summary>Connects to the port that the program listens at, and begins a session.</summary>
    public static async Task<Marionette> Connect(int port)
    {
        var marionette = new Marionette();
        await marionette._tcp.ConnectAsync(IPAddress.Loopback, port);
        await marionette.Receive();
        await marionette.Say("WebDriver:NewSession", new { capabilities = new { alwaysMatch = new { unhandledPromptBehavior = "ignore" } } });
        await marionette.Say("Marionette:SetContext", new { value = "chrome" });
        await marionette.Say("WebDriver:SetTimeouts", new { script = (int)Longest.TotalMilliseconds });
        return marionette;
    }

    /// <summary>Runs the body of an asynchronous function in the main window; answers what it returns.</summary>
    public async Task<JsonNode?> Run(string body, params object?[] arguments)
    {
        var script = $$"""
            const settle = arguments[arguments.length - 1];
            (async () => { {{body}} })().then(value => settle({ value }), error => settle({ error: `${error}\n${error.stack ?? ""}` }));
            """;
        var answer = await Say("WebDriver:ExecuteAsyncScript", new { script, args = arguments, newSandbox = false });
        if (answer?["value"] is not JsonObject outcome) throw new InvalidOperationException($"Nothing came of the script: {answer?.ToJsonString()}");
        if (outcome["error"] is { } error) throw new InvalidOperationException((string?)error);
        return outcome["value"];
    }

    /// <summary>Answers yes to the question that the program asks, once it does; answers its text.</summary>
    public async Task<string> Agree()
    {
        string? text = null;
        await Wait.Until(async () => (text = await Question()) is not null, "the program asks");
        await Say("WebDriver:AcceptAlert", new { });
        return text!;
    }

    public ValueTask DisposeAsync()
    {
        _tcp.Dispose();
        return ValueTask.CompletedTask;
    }

    async Task<string?> Question()
    {
        try
        {
            return (string?)(await Say("WebDriver:GetAlertText", new { }))?["value"];
        }
        catch (InvalidOperationException error) when (error.Message.Contains("no such alert", StringComparison.Ordinal))
        {
            return null;
        }
    }

    async Task<JsonNode?> Say(string command, object parameters)
    {
        var said = JsonSerializer.SerializeToUtf8Bytes(new object[] { 0, ++_last, command, parameters });
        await _tcp.GetStream().WriteAsync((byte[])[.. Encoding.ASCII.GetBytes($"{said.Length}:"), .. said]);
        var answer = await Receive();
        if (answer[2] is { } error) throw new InvalidOperationException($"{command}: {error.ToJsonString()}");
        return answer[3];
    }

    async Task<JsonNode> Receive()
    {
        var stream = _tcp.GetStream();
        var (length, octet) = (0, new byte[1]);
        while (true)
        {
            await stream.ReadExactlyAsync(octet).AsTask().WaitAsync(Longest + Wait.Longest);
            if (octet[0] == ':') break;
            length = (length * 10) + octet[0] - '0';
        }

        var packet = new byte[length];
        await stream.ReadExactlyAsync(packet).AsTask().WaitAsync(Longest);
        return JsonNode.Parse(packet)!;
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Reflection;
using System.Text.Json.Nodes;

namespace Bastide.Conformance.Clients;

/// <summary>
/// Thunderbird of Debian on a screen that nobody sees, with a profile of its own: an account over TLS, its password
/// remembered, and nothing that leaves the machine (what is not loopback goes to a proxy that is not there).
/// </summary>
sealed class Thunderbird : IAsyncDisposable
{
    const string Program = "/usr/lib/thunderbird/thunderbird";
    const int MostTold = 60;
    readonly TempDirectory _home = new();
    Screen _screen = null!;
    Process? _program;
    Marionette? _marionette;

    Thunderbird()
    {
    }

    string Profile => _home.Below("profile");

    /// <summary>Starts it with the mail account of one of the people of the demo, its password remembered.</summary>
    /// <param name="workplace">Where the account is.</param>
    /// <param name="person">The local part of the address.</param>
    /// <param name="password">The password of the account, or one made for this program.</param>
    /// <param name="scripts">What the test needs besides <c>Thunderbird.js</c>, by the names of the resources after the assembly's.</param>
    public static async Task<Thunderbird> Start(RunningWorkplace workplace, string person, string password, params string[] scripts)
    {
        var thunderbird = new Thunderbird();
        try
        {
            var address = $"{person}@demo.localhost";
            Directory.CreateDirectory(thunderbird.Profile);
            await File.WriteAllTextAsync(thunderbird._home.Below("profile", "user.js"), Preferences(workplace, address));
            thunderbird._screen = await Screen.Start();
            thunderbird.StartProgram();
            thunderbird._marionette = await Marionette.Connect(await thunderbird.Port());
            foreach (var script in scripts.Prepend("Clients.Thunderbird.js")) await thunderbird._marionette.Run(await TextOf(script));
            foreach (var port in new[] { workplace.Imaps, workplace.Submissions }) await thunderbird.Trust("localhost", port);
            await thunderbird.Do("rememberPassword", address, password);
            return thunderbird;
        }
        catch
        {
            await thunderbird.DisposeAsync();
            throw;
        }
    }

    /// <summary>Has it take the certificate that is shown at a port of this machine, as a person would who knows better.</summary>
    public async Task Trust(string host, int port) => await Do("trust", host, port, await Certificate(host, port));

    /// <summary>Calls one of the functions of <c>Thunderbird.js</c>.</summary>
    public async Task<JsonNode?> Do(string function, params object?[] arguments)
    {
        try
        {
            return await _marionette!.Run("const [name, given] = arguments; return await window.bastide[name](...given);", function, arguments);
        }
        catch (InvalidOperationException exception)
        {
            throw new InvalidOperationException($"{exception.Message}\n{string.Join('\n', Conversation().TakeLast(MostTold))}", exception);
        }
    }

    /// <summary>Answers yes to the question it asks; answers its text.</summary>
    public Task<string> Agree() => _marionette!.Agree();

    /// <summary>What it and the server said to one another, as it logs it.</summary>
    public IReadOnlyList<string> Conversation()
    {
        using var log = new FileStream(_home.Below("imap.moz_log"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(log);
        return [.. reader.ReadToEnd().Split('\n').Where(line => line.Contains("SendData: ", StringComparison.Ordinal) || line.Contains("CreateNewLineFromSocket: ", StringComparison.Ordinal))];
    }

    public async ValueTask DisposeAsync()
    {
        if (_marionette is not null) await _marionette.DisposeAsync();
        if (_program is not null)
        {
            _program.Kill(entireProcessTree: true);
            await _program.WaitForExitAsync();
            _program.Dispose();
        }

        // The screen last, or the program dies of its end.
        if (_screen is not null) await _screen.DisposeAsync();
        await ClientHome.Remove(_home);
    }

    static async Task<string> TextOf(string script)
    {
        await using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Bastide.Conformance.Tests.{script}")!;
        using var reader = new StreamReader(resource);
        return await reader.ReadToEndAsync();
    }

    void StartProgram()
    {
        var start = new ProcessStartInfo(Program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { "--profile", Profile, "--no-remote", "--marionette", "--remote-allow-system-access" }) start.ArgumentList.Add(argument);
        start.Environment["HOME"] = _home.Path;
        start.Environment["DISPLAY"] = _screen.Display;
        start.Environment["DBUS_SESSION_BUS_ADDRESS"] = "disabled:";
        start.Environment["MOZ_CRASHREPORTER_DISABLE"] = "1";
        start.Environment["MOZ_LOG"] = "sync,IMAP:4";
        start.Environment["MOZ_LOG_FILE"] = _home.Below("imap");
        start.Environment.Remove("WAYLAND_DISPLAY");
        var program = Process.Start(start)!;
        _program = program;
        program.BeginOutputReadLine();
        program.BeginErrorReadLine();
    }

    /// <summary>The port that it chose for Marionette.</summary>
    async Task<int> Port()
    {
        var file = Path.Combine(Profile, "MarionetteActivePort");
        var port = 0;
        await Wait.Until(() => File.Exists(file) && int.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out port), "Thunderbird listens");
        return port;
    }

    static async Task<string> Certificate(string host, int port)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, port);
        await using var tls = new SslStream(tcp.GetStream(), false, (_, certificate, _, _) => certificate is not null);
        await tls.AuthenticateAsClientAsync(host);
        return Convert.ToBase64String(tls.RemoteCertificate!.GetRawCertData());
    }

    static string Preferences(RunningWorkplace workplace, string address)
    {
        (string Name, object Value)[] preferences =
        [
            ("mail.accountmanager.accounts", "account1,account2"),
            ("mail.accountmanager.defaultaccount", "account1"),
            ("mail.accountmanager.localfoldersserver", "server2"),
            ("mail.account.account1.identities", "id1"),
            ("mail.account.account1.server", "server1"),
            ("mail.account.account2.server", "server2"),
            ("mail.server.server1.type", "imap"),
            ("mail.server.server1.hostname", "localhost"),
            ("mail.server.server1.port", workplace.Imaps),
            ("mail.server.server1.userName", address),
            ("mail.server.server1.name", address),
            ("mail.server.server1.socketType", 3),
            ("mail.server.server1.authMethod", 3),
            // It asks for nothing by itself: what comes, comes by IDLE.
            ("mail.server.server1.login_at_startup", false),
            ("mail.server.server1.check_new_mail", false),
            ("mail.server.server2.type", "none"),
            ("mail.server.server2.hostname", "Local Folders"),
            ("mail.server.server2.userName", "nobody"),
            ("mail.server.server2.name", "Local Folders"),
            ("mail.identity.id1.fullName", "Somebody"),
            ("mail.identity.id1.useremail", address),
            ("mail.identity.id1.valid", true),
            ("mail.identity.id1.smtpServer", "smtp1"),
            ("mail.smtpservers", "smtp1"),
            ("mail.smtp.defaultserver", "smtp1"),
            ("mail.smtpserver.smtp1.hostname", "localhost"),
            ("mail.smtpserver.smtp1.port", workplace.Submissions),
            ("mail.smtpserver.smtp1.username", address),
            ("mail.smtpserver.smtp1.authMethod", 3),
            ("mail.smtpserver.smtp1.try_ssl", 3),
            // Messages one below the other, none folded into a thread.
            ("mailnews.default_view_flags", 0),
            ("mail.emptyTrash.dontAskAgain", true),
            ("mail.warn_on_send_accel_key", false),
            ("marionette.port", 0),
            // Nothing to greet, to ask, or to send to anybody.
            ("network.proxy.type", 1),
            ("network.proxy.socks", "127.0.0.1"),
            ("network.proxy.socks_port", 9),
            ("network.proxy.socks_remote_dns", true),
            ("network.proxy.no_proxies_on", "localhost, demo.localhost, 127.0.0.1"),
            ("network.dns.forceResolve", "127.0.0.1"),
            ("mail.provider.suppress_dialog_on_startup", true),
            ("mail.rights.version", 1),
            ("mail.shell.checkDefaultClient", false),
            ("mail.spotlight.firstRunDone", true),
            ("mail.inappnotifications.enabled", false),
            ("mailnews.start_page.enabled", false),
            ("mailnews.start_page_override.mstone", "ignore"),
            ("app.donation.eoy.version.viewed", 999),
            ("app.update.enabled", false),
            ("extensions.update.enabled", false),
            ("browser.safebrowsing.update.enabled", false),
            ("browser.region.network.url", ""),
            ("datareporting.policy.dataSubmissionEnabled", false),
            ("datareporting.healthreport.uploadEnabled", false),
            ("toolkit.telemetry.enabled", false),
            ("toolkit.telemetry.server", "data:,"),
            ("services.settings.server", "data:,#remote-settings-dummy/v1"),
            ("network.captive-portal-service.enabled", false),
            ("network.connectivity-service.enabled", false),
        ];
        return string.Concat(preferences.Select(each => $"user_pref(\"{each.Name}\", {JsonValue.Create(each.Value)!.ToJsonString()});\n"));
    }
}

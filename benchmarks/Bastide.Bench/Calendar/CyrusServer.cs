using System.Diagnostics;
using System.Globalization;
using Bastide.Bench.Imap;
using Bastide.Testing;

namespace Bastide.Bench.Calendar;

/// <summary>Cyrus from Debian in a directory of its own, on free loopback ports, with what it keeps and how as Debian ships it.</summary>
sealed class CyrusServer : IDisposable
{
    const string Binary = "/usr/sbin/cyrmaster";
    const string Admin = "cyrus";
    readonly TempDirectory _home = new();
    readonly Process _process;
    readonly string _password;

    CyrusServer(int http, int imap, string password)
    {
        _password = password;
        Url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{http}/"));
        Imap = imap;
        foreach (var directory in (string[])["conf/db", "conf/socket", "conf/proc", "spool", "run"]) Directory.CreateDirectory(_home.Below(directory));
        var (settings, services) = (_home.Below("imapd.conf"), _home.Below("cyrus.conf"));
        File.WriteAllText(settings, $"""
            configdirectory: {_home.Below("conf")}
            defaultpartition: default
            partition-default: {_home.Below("spool")}
            admins: {Admin}
            allowplaintext: yes
            sasl_pwcheck_method: auxprop
            sasl_auxprop_plugin: sasldb
            sasl_sasldb_path: {_home.Below("sasldb2")}
            sasl_mech_list: PLAIN LOGIN
            httpmodules: caldav
            unixhierarchysep: yes
            altnamespace: yes
            caldav_realm: bench
            servername: bench
            virtdomains: off
            zoneinfo_db_path: {_home.Below("conf/zoneinfo.db")}
            """ + "\n");
        File.WriteAllText(services, string.Create(CultureInfo.InvariantCulture, $$"""
            START {
              recover cmd="/usr/lib/cyrus/bin/ctl_cyrusdb -C {{settings}} -r"
            }
            SERVICES {
              imap cmd="imapd -C {{settings}}" listen="127.0.0.1:{{imap}}" prefork=0 maxchild=10
              http cmd="httpd -C {{settings}} -U 1000" listen="127.0.0.1:{{http}}" prefork=8 maxchild=50
            }
            EVENTS {
            }

            """));
        Run("chmod", "755", _home.Path);
        Run("chown", "-R", "cyrus:mail", _home.Path);
        _process = Process.Start(new ProcessStartInfo(Binary, ["-D", "-C", settings, "-M", services, "-p", _home.Below("run/pid")]))!;
    }

    /// <summary>Whether Debian's packages are installed.</summary>
    public static bool IsInstalled => File.Exists(Binary) && File.Exists("/usr/lib/cyrus/bin/httpd");

    /// <summary>Where its CalDAV is.</summary>
    public Uri Url { get; }

    /// <summary>The port of its IMAP, by which it is administered.</summary>
    public int Imap { get; }

    /// <summary>Starts one that knows one person.</summary>
    public static async Task<CyrusServer> Start(string user, string password, CancellationToken cancellation)
    {
        var server = new CyrusServer(RunningWorkplace.FreePort(), RunningWorkplace.FreePort(), password);
        foreach (var name in (string[])[Admin, user]) server.Register(name);
        await Wait.Until(async () =>
        {
            if (server._process.HasExited) throw new InvalidOperationException("Cyrus ended at once: its configuration is not one for this version.");
            try
            {
                using var client = new System.Net.Sockets.TcpClient();
                await client.ConnectAsync("127.0.0.1", server.Imap, cancellation);
                return true;
            }
            catch (System.Net.Sockets.SocketException)
            {
                return false;
            }
        }, "Cyrus to listen", cancellation);
        using var admin = await ImapDriver.SignIn(server.Imap, Admin, password, cancellation);
        await admin.Do($"CREATE user/{user}", cancellation);
        return server;
    }

    public void Dispose()
    {
        Run("kill", _process.Id.ToString(CultureInfo.InvariantCulture));
        _process.WaitForExit(10_000);
        _process.Dispose();
        _home.Dispose();
    }

    void Register(string user)
    {
        var file = _home.Below("sasldb2");
        using var process = Process.Start(new ProcessStartInfo("/usr/sbin/saslpasswd2", ["-p", "-c", "-f", file, "-u", "bench", user]) { RedirectStandardInput = true })!;
        process.StandardInput.Write(_password);
        process.StandardInput.Close();
        process.WaitForExit();
        Run("chown", "cyrus:mail", file);
    }

    static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
    }
}

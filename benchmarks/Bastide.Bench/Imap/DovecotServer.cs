using System.Diagnostics;
using System.Globalization;
using System.Text;
using Bastide.Testing;

namespace Bastide.Bench.Imap;

/// <summary>Dovecot from Debian in a directory of its own, on a free loopback port, with Maildir, its indexes and its fsync as Debian ships them.</summary>
sealed class DovecotServer : IDisposable
{
    const string Binary = "/usr/sbin/dovecot";
    // The system's user of mail, on every Debian.
    const int Uid = 8;

    readonly TempDirectory _home = new();
    readonly Process _process;
    readonly string _configuration;

    DovecotServer(int port, string password)
    {
        Port = port;
        _configuration = Path.Combine(_home.Path, "dovecot.conf");
        Directory.CreateDirectory(_home.Below("mail"));
        Run("chmod", "755", _home.Path);
        Run("chown", Uid.ToString(CultureInfo.InvariantCulture), _home.Below("mail"));
        File.WriteAllText(_configuration, string.Create(CultureInfo.InvariantCulture, $$"""
            base_dir = {{_home.Below("run")}}
            state_dir = {{_home.Below("state")}}
            log_path = {{_home.Below("log")}}
            protocols = imap
            listen = 127.0.0.1
            ssl = no
            disable_plaintext_auth = no
            mail_location = maildir:{{_home.Below("mail")}}/%u
            mail_max_userip_connections = 5000
            first_valid_uid = 1
            default_process_limit = 3000
            default_client_limit = 6000
            passdb {
              driver = static
              args = password={{password}}
            }
            userdb {
              driver = static
              args = uid={{Uid}} gid={{Uid}} home={{_home.Below("mail")}}/%u
            }
            namespace inbox {
              inbox = yes
              mailbox Archive {
                auto = subscribe
                special_use = \Archive
              }
            }
            service imap-login {
              inet_listener imap {
                port = {{port}}
              }
              inet_listener imaps {
                port = 0
              }
              service_count = 0
              client_limit = 3000
            }
            service imap {
              process_limit = 3000
            }
            """));
        _process = Process.Start(new ProcessStartInfo(Binary, ["-F", "-c", _configuration]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    }

    /// <summary>Whether Debian's package is installed.</summary>
    public static bool IsInstalled => File.Exists(Binary);

    /// <summary>The port of IMAP.</summary>
    public int Port { get; }

    /// <summary>The version it tells.</summary>
    public static async Task<string> Version()
    {
        using var process = Process.Start(new ProcessStartInfo(Binary, ["--version"]) { RedirectStandardOutput = true })!;
        return (await process.StandardOutput.ReadToEndAsync()).Trim();
    }

    /// <summary>Starts one; every user has the password.</summary>
    public static async Task<DovecotServer> Start(string password)
    {
        var server = new DovecotServer(RunningWorkplace.FreePort(), password);
        await Wait.Until(async () =>
        {
            if (server._process.HasExited) throw new InvalidOperationException("Dovecot ended at once: " + await server._process.StandardError.ReadToEndAsync());
            try
            {
                using var client = new System.Net.Sockets.TcpClient();
                await client.ConnectAsync("127.0.0.1", server.Port);
                return true;
            }
            catch (System.Net.Sockets.SocketException)
            {
                return false;
            }
        }, "Dovecot to listen");
        return server;
    }

    /// <summary>Puts the messages of an mbox file into a person's inbox, and has Dovecot index them.</summary>
    public async Task Import(string user, string mbox, CancellationToken cancellation)
    {
        var home = _home.Below("mail/" + user);
        foreach (var directory in (string[])["cur", "new", "tmp"]) Directory.CreateDirectory(Path.Combine(home, directory));
        var (message, number) = (new StringBuilder(), 0);
        async Task Store()
        {
            if (message.Length == 0) return;
            var text = message.ToString();
            var seen = text.Contains("\nStatus: RO\n", StringComparison.Ordinal) ? "S" : "";
            await File.WriteAllTextAsync(Path.Combine(home, "cur", string.Create(CultureInfo.InvariantCulture, $"{1_600_000_000 + number}.M{number++}.bench:2,{seen}")), text, cancellation);
            message.Clear();
        }

        await foreach (var line in File.ReadLinesAsync(mbox, cancellation))
        {
            if (line.StartsWith("From ", StringComparison.Ordinal)) await Store();
            else message.Append(line).Append('\n');
        }

        await Store();
        Run("chown", "-R", Uid.ToString(CultureInfo.InvariantCulture), home);
        // The caches that its own delivery would have filled.
        Run("/usr/bin/doveadm", "-c", _configuration, "index", "-u", user, "INBOX");
    }

    /// <summary>The octets of memory all its processes hold, what they share counted once.</summary>
    public long Memory()
    {
        var parents = Directory.EnumerateDirectories("/proc").Select(path => int.TryParse(Path.GetFileName(path), out var pid) ? pid : 0).Where(pid => pid > 0)
            .Select(pid => (Pid: pid, Parent: ParentOf(pid))).ToLookup(each => each.Parent, each => each.Pid);
        var (sum, open) = (0L, new Stack<int>([_process.Id]));
        while (open.TryPop(out var pid))
        {
            sum += ProcessMemory.Proportional(pid);
            foreach (var child in parents[pid]) open.Push(child);
        }

        return sum;
    }

    public void Dispose()
    {
        Run("kill", _process.Id.ToString(CultureInfo.InvariantCulture));
        _process.WaitForExit(10_000);
        _process.Dispose();
        _home.Dispose();
    }

    static int ParentOf(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
    }
}

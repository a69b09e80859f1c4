using Bastide.Conformance.Imap;
using MailKit.Net.Smtp;
using MimeKit;

namespace Bastide.Conformance.Scheduling;

/// <summary>
/// Postfix (of Debian) as the mail server of an organisation elsewhere: whatever is for <c>elsewhere.example</c> it keeps in a
/// mailbox for each person, everything else it hands to the workplace. Its queue, settings and mail are in a directory of its own.
/// </summary>
sealed class PostfixServer : IAsyncDisposable
{
    public const string Domain = "elsewhere.example";

    readonly string _home;

    PostfixServer(string home, int port)
    {
        _home = home;
        Port = port;
    }

    /// <summary>Where it takes mail.</summary>
    public int Port { get; }

    /// <summary>Starts one on a port, which hands mail for others to another port.</summary>
    public static async Task<PostfixServer> Start(int port, int relay)
    {
        // Its parts run as users of their own, which must reach their directories.
        var home = Path.Combine(Path.GetTempPath(), $"bastide-postfix-{Guid.NewGuid():N}");
        foreach (var name in new[] { "etc", "queue", "data", "mail" }) Directory.CreateDirectory(Path.Combine(home, name));
        await File.WriteAllTextAsync(Path.Combine(home, "etc/main.cf"), $"""
            compatibility_level = 3.6
            queue_directory = {home}/queue
            data_directory = {home}/data
            command_directory = /usr/sbin
            daemon_directory = /usr/lib/postfix/sbin
            mail_owner = postfix
            setgid_group = postdrop
            myhostname = mx.{Domain}
            mydestination =
            alias_maps =
            virtual_mailbox_domains = {Domain}
            virtual_mailbox_base = {home}/mail
            virtual_mailbox_maps = inline:{"{"} carl@{Domain}=carl/ {"}"}
            virtual_uid_maps = static:12
            virtual_gid_maps = static:12
            virtual_minimum_uid = 1
            relayhost = [127.0.0.1]:{relay}
            mynetworks = 127.0.0.0/8
            inet_interfaces = 127.0.0.1
            inet_protocols = ipv4
            smtp_host_lookup = native
            smtp_dns_support_level = disabled
            minimal_backoff_time = 1s
            maximal_backoff_time = 2s
            queue_run_delay = 1s
            smtpd_recipient_restrictions = permit_mynetworks, reject
            maillog_file_prefixes = {home}
            maillog_file = {home}/data/log
            """);
        await File.WriteAllTextAsync(Path.Combine(home, "etc/master.cf"), $"""
            127.0.0.1:{port} inet n - n - - smtpd
            pickup unix n - n 60 1 pickup
            cleanup unix n - n - 0 cleanup
            qmgr unix n - n 300 1 qmgr
            rewrite unix - - n - - trivial-rewrite
            bounce unix - - n - 0 bounce
            defer unix - - n - 0 bounce
            trace unix - - n - 0 bounce
            proxymap unix - - n - - proxymap
            smtp unix - - n - - smtp
            relay unix - - n - - smtp
            error unix - - n - - error
            retry unix - - n - - error
            virtual unix - n n - - virtual
            anvil unix - - n - 1 anvil
            scache unix - - n - 1 scache
            flush unix n - n 1000? 0 flush
            showq unix n - n - - showq
            postlog unix-dgram n - n - 1 postlogd
            """);
        var server = new PostfixServer(home, port);
        await Root("/bin/sh", "-c", $"chmod 755 {home} && chown postfix {home}/data && chown 12:12 {home}/mail");
        var (code, output) = await Root("/usr/sbin/postfix", "-c", Path.Combine(home, "etc"), "start");
        code.ShouldBe(0, output);
        await Wait.Until(server.Answers, "Postfix to take mail");
        return server;
    }

    /// <summary>Sends a message as somebody there would.</summary>
    public async Task Send(MimeMessage message)
    {
        using var client = new SmtpClient();
        await client.ConnectAsync("127.0.0.1", Port, MailKit.Security.SecureSocketOptions.None);
        await client.SendAsync(message);
        await client.DisconnectAsync(true);
    }

    /// <summary>What a person there has got, from the oldest.</summary>
    public async Task<List<MimeMessage>> Mail(string person)
    {
        var found = new List<MimeMessage>();
        var box = Path.Combine(_home, "mail", person, "new");
        if (!Directory.Exists(box)) return found;
        foreach (var file in Directory.GetFiles(box).OrderBy(File.GetLastWriteTimeUtc).ThenBy(name => name, StringComparer.Ordinal)) found.Add(await MimeMessage.LoadAsync(file));
        return found;
    }

    public async ValueTask DisposeAsync()
    {
        await Root("/usr/sbin/postfix", "-c", Path.Combine(_home, "etc"), "stop");
        await Root("/bin/rm", "-rf", _home);
    }

    async ValueTask<bool> Answers()
    {
        try
        {
            using var client = new SmtpClient();
            await client.ConnectAsync("127.0.0.1", Port, MailKit.Security.SecureSocketOptions.None);
            return true;
        }
        catch (Exception exception) when (exception is IOException or System.Net.Sockets.SocketException or SmtpProtocolException)
        {
            return false;
        }
    }

    /// <summary>Postfix changes users, so that it is started by root.</summary>
    static Task<(int Code, string Output)> Root(string program, params string[] arguments) =>
        Environment.IsPrivilegedProcess ? ClientProcess.Run(program, arguments) : ClientProcess.Run("sudo", ["-n", program, .. arguments]);
}

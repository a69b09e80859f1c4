using System.Collections.Concurrent;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Bastide.Conformance;

/// <summary>What was acknowledged is there after <c>kill -9</c>, once.</summary>
public sealed class KilledUnderLoad
{
    const int Clients = 16;
    const int BeforeTheKill = 300;

    [Fact]
    public async Task Every_message_that_got_250_is_there_once_after_the_process_was_killed()
    {
        await using var workplace = await RunningWorkplace.Start(environment: new Dictionary<string, string> { ["BASTIDE_TEST__NOLIMITS"] = "true" });
        var acknowledged = new ConcurrentQueue<string>();
        var clients = Enumerable.Range(0, Clients).Select(client => Deliver(workplace.Smtp, client, acknowledged)).ToArray();
        await Wait.Until(() => acknowledged.Count >= BeforeTheKill, "enough messages are acknowledged");
        await workplace.Kill();
        await Task.WhenAll(clients);
        await workplace.Start();

        using var alice = new JmapClient(workplace.Url, "alice@demo.localhost", "bastide-demo");
        var account = await alice.Account();
        var inbox = await alice.MailboxWithRole(account, "inbox");
        var stored = (await alice.Emails(account, inbox, "messageId"))
            .Select(email => (string?)email["messageId"]?[0]).Where(id => id?.EndsWith("@load.example", StringComparison.Ordinal) == true).ToList();
        stored.ShouldBeUnique();
        acknowledged.Except(stored).ShouldBeEmpty();
    }

    static async Task Deliver(int port, int client, ConcurrentQueue<string> acknowledged)
    {
        try
        {
            using var smtp = new SmtpClient();
            await smtp.ConnectAsync("127.0.0.1", port, SecureSocketOptions.None);
            for (var number = 0; ; number++)
            {
                var id = $"{client}.{number}@load.example";
                var message = new MimeMessage { MessageId = id, Subject = $"Load {client}/{number}", Body = new TextPart("plain") { Text = $"Message {number} of client {client}." } };
                message.From.Add(new MailboxAddress("Load", "load@load.example"));
                message.To.Add(new MailboxAddress("Alice", "alice@demo.localhost"));
                await smtp.SendAsync(message);
                acknowledged.Enqueue(id);
            }
        }
        catch (Exception exception) when (exception is IOException or SmtpProtocolException or SmtpCommandException or ServiceNotConnectedException)
        {
            // The server was killed: what was not acknowledged may be there or not.
        }
    }
}

using Bastide.Conformance.Clients;

namespace Bastide.Conformance.Imap;

/// <summary>A workplace with the demo, and Thunderbird with the account of alice, who also subscribed to the inbox of her team.</summary>
public sealed class ThunderbirdAtWork : IAsyncLifetime
{
    internal RunningWorkplace Workplace { get; private set; } = null!;

    internal Thunderbird Thunderbird { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Workplace = await RunningWorkplace.Start();
        using (var imap = await SignIn("alice"))
        {
            await (await imap.GetFolderAsync("Teams/Team Urbanisme/INBOX")).SubscribeAsync();
            await imap.DisconnectAsync(true);
        }

        Thunderbird = await Thunderbird.Start(Workplace, "alice", "bastide-demo", "Imap.ThunderbirdMail.js");
        await Thunderbird.Do("folders");
    }

    public async ValueTask DisposeAsync()
    {
        if (Thunderbird is not null) await Thunderbird.DisposeAsync();
        if (Workplace is not null) await Workplace.DisposeAsync();
    }

    /// <summary>A second client, that sees what the first did.</summary>
    internal async Task<MailKit.Net.Imap.ImapClient> SignIn(string person)
    {
        var client = new MailKit.Net.Imap.ImapClient();
        await client.ConnectAsync("localhost", Workplace.Imap, MailKit.Security.SecureSocketOptions.None);
        await client.AuthenticateAsync($"{person}@demo.localhost", "bastide-demo");
        return client;
    }
}

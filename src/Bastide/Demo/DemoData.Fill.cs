using Bastide.Identity;
using Bastide.Mail;
using Bastide.Mail.Mime;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Db;
using Bastide.Platform.Settings;

namespace Bastide.Demo;

static partial class DemoData
{
    /// <summary>Makes the people, their team and their mail, unless they are there already.</summary>
    public static async Task Fill(IServiceProvider services, BastideSettings settings, CancellationToken cancellation)
    {
        var people = services.GetRequiredService<People>();
        var accounts = new Dictionary<string, AccountId>();
        foreach (var (local, name) in DemoLetters.People)
        {
            var address = $"{local}@{settings.Domain}";
            if ((await people.Find(address, Actor.Operator, cancellation)).Value is not null) return;
            var added = await people.Add(new NewPerson(address, name, Password) { IsAdministrator = local == "chloe" }, Actor.Operator, cancellation);
            accounts[local] = added.Value?.Account ?? throw new SettingsException($"The demo account {address} cannot be made: {added.Refusal!.Description}");
        }

        var teams = services.GetRequiredService<Teams>();
        var teamAddress = $"{DemoLetters.Team.Local}@{settings.Domain}";
        var team = await teams.Add(teamAddress, DemoLetters.Team.Name, Actor.Operator, cancellation);
        accounts[DemoLetters.Team.Local] = team.Value?.Account ?? throw new SettingsException($"The demo team cannot be made: {team.Refusal!.Description}");
        await teams.SetMember(teamAddress, $"alice@{settings.Domain}", TeamRole.Owner, Actor.Operator, cancellation);
        await teams.SetMember(teamAddress, $"bob@{settings.Domain}", TeamRole.Member, Actor.Operator, cancellation);

        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        foreach (var conversation in DemoConversation.All().OrderByDescending(c => c.Messages[0].HoursAgo))
            await Deliver(services, settings, conversation, accounts, now, cancellation);
    }

    static async Task Deliver(IServiceProvider services, BastideSettings settings, DemoConversation conversation, Dictionary<string, AccountId> accounts, DateTimeOffset now, CancellationToken cancellation)
    {
        var blobs = services.GetRequiredService<BlobStore>();
        var messages = services.GetRequiredService<Messages>();
        var database = services.GetRequiredService<Database>();
        foreach (var (letter, source, at) in DemoLetters.Write(conversation, settings.Domain, now))
        {
            using var bytes = new MemoryStream();
            await letter.WriteToAsync(bytes, cancellation);
            bytes.Position = 0;
            var parsed = await messages.Parse(await blobs.Put(bytes, cancellation), cancellation);
            var sender = source.From.ValueKind == System.Text.Json.JsonValueKind.String ? source.From.GetString() : null;
            var isLast = ReferenceEquals(source, conversation.Messages[^1]);
            foreach (var local in conversation.To.Union(sender is null ? [] : [sender]))
            {
                var account = accounts[local];
                var role = local == sender ? conversation.Draft ? MailboxRoles.Drafts : MailboxRoles.Sent : conversation.Mailbox ?? MailboxRoles.Inbox;
                List<string> keywords = [];
                if (local == sender || !isLast || now - at > TimeSpan.FromHours(36)) keywords.Add("$seen");
                if (conversation.Draft) keywords.Add("$draft");
                if (isLast) keywords.AddRange(conversation.Flags);
                await database.Write(async scope =>
                {
                    var mailbox = await Mailboxes.WithRole(scope, account, role);
                    await messages.Ingest(scope, account, parsed, at, mailbox is null ? null : [mailbox.Value], keywords);
                }, cancellation);
            }
        }
    }
}

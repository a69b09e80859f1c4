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
    /// <summary>Makes the people, their team, their mail, calendars and contacts, unless they are there already.</summary>
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

        await Deliver(services, settings, accounts, cancellation);
        await Plan(services, settings, accounts, cancellation);
        await Introduce(services, settings, accounts, cancellation);
    }

    // In one transaction: whoever starts the demo waits for it.
    static async Task Deliver(IServiceProvider services, BastideSettings settings, Dictionary<string, AccountId> accounts, CancellationToken cancellation)
    {
        var messages = services.GetRequiredService<Messages>();
        var database = services.GetRequiredService<Database>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var letters = DemoConversation.All().OrderByDescending(conversation => conversation.Messages[0].HoursAgo)
            .SelectMany(conversation => DemoLetters.Write(conversation, settings.Domain, now).Select(letter => (Conversation: conversation, letter.Source, letter.At, letter.Message)))
            .ToList();
        var parsed = await Task.WhenAll(letters.Select(letter => Keep(services, letter.Message, cancellation)));
        await database.Write(async scope =>
        {
            for (var i = 0; i < letters.Count; i++)
            {
                var (conversation, source, at, _) = letters[i];
                var sender = source.From.ValueKind == System.Text.Json.JsonValueKind.String ? source.From.GetString() : null;
                var isLast = ReferenceEquals(source, conversation.Messages[^1]);
                foreach (var local in conversation.To.Union(sender is null ? [] : [sender]))
                {
                    var role = local == sender ? conversation.Draft ? MailboxRoles.Drafts : MailboxRoles.Sent : conversation.Mailbox ?? MailboxRoles.Inbox;
                    List<string> keywords = [];
                    if (local == sender || !isLast || now - at > TimeSpan.FromHours(36)) keywords.Add("$seen");
                    if (conversation.Draft) keywords.Add("$draft");
                    if (isLast) keywords.AddRange(conversation.Flags);
                    var mailbox = await Mailboxes.WithRole(scope, accounts[local], role);
                    await messages.Ingest(scope, accounts[local], parsed[i], at, mailbox is null ? null : [mailbox.Value], keywords);
                }
            }
        }, cancellation);
    }

    static async Task<ParsedMessage> Keep(IServiceProvider services, MimeKit.MimeMessage letter, CancellationToken cancellation)
    {
        using var bytes = new MemoryStream();
        var format = MimeKit.FormatOptions.Default.Clone();
        format.NewLineFormat = MimeKit.NewLineFormat.Dos;
        await letter.WriteToAsync(format, bytes, cancellation);
        bytes.Position = 0;
        return await services.GetRequiredService<Messages>().Parse(await services.GetRequiredService<BlobStore>().Put(bytes, cancellation), cancellation);
    }
}

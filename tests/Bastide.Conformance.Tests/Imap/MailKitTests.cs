using System.Text.Json.Nodes;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MailKit.Security;
using MimeKit;

namespace Bastide.Conformance.Imap;

/// <summary>MailKit, the IMAP client of .NET, as a careful mail program uses the server.</summary>
public sealed class MailKitTests : IAsyncLifetime
{
    RunningWorkplace _workplace = null!;

    public async ValueTask InitializeAsync() => _workplace = await RunningWorkplace.Start(environment: new Dictionary<string, string> { ["BASTIDE_TEST__NOLIMITS"] = "1" });

    public ValueTask DisposeAsync() => _workplace.DisposeAsync();

    [Theory]
    [InlineData(SecureSocketOptions.None)]
    [InlineData(SecureSocketOptions.StartTls)]
    [InlineData(SecureSocketOptions.SslOnConnect)]
    public async Task It_signs_in_and_finds_the_folders(SecureSocketOptions security)
    {
        using var client = await Client("alice", security);
        client.Inbox!.Count.ShouldBe(0);
        await client.Inbox.OpenAsync(FolderAccess.ReadOnly);
        client.Inbox.Count.ShouldBeGreaterThan(10);
        client.GetFolder(SpecialFolder.Sent)!.FullName.ShouldBe("Sent");
        client.GetFolder(SpecialFolder.Trash)!.FullName.ShouldBe("Trash");
        var names = (await client.GetFoldersAsync(client.PersonalNamespaces[0])).Select(folder => folder.FullName).ToList();
        names.ShouldContain("Drafts");
        names.ShouldContain("Teams/Team Urbanisme/INBOX");
        await client.DisconnectAsync(true);
    }

    [Fact]
    public async Task Every_message_of_the_demo_is_what_its_summary_says()
    {
        using var client = await Client("alice");
        await client.Inbox!.OpenAsync(FolderAccess.ReadOnly);
        var summaries = await client.Inbox.FetchAsync(0, -1, MessageSummaryItems.UniqueId | MessageSummaryItems.Envelope | MessageSummaryItems.BodyStructure | MessageSummaryItems.Flags | MessageSummaryItems.Size | MessageSummaryItems.InternalDate | MessageSummaryItems.PreviewText | MessageSummaryItems.EmailId | MessageSummaryItems.ThreadId | MessageSummaryItems.SaveDate);
        summaries.Count.ShouldBe(client.Inbox.Count);
        foreach (var summary in summaries)
        {
            var message = await client.Inbox.GetMessageAsync(summary.UniqueId);
            summary.Envelope!.Subject.ShouldBe(message.Subject);
            summary.Envelope.From.ToString().ShouldBe(message.From.ToString());
            summary.Envelope.MessageId.ShouldBe(message.MessageId);
            summary.Envelope.Date!.Value.ShouldBe(message.Date);
            summary.BodyParts.Select(part => part.ContentType.MimeType).ShouldBe(message.BodyParts.Select(part => part.ContentType.MimeType));
            summary.Attachments.Select(part => part.FileName).ShouldBe(message.Attachments.Select(part => part.ContentDisposition!.FileName ?? part.ContentType.Name));
            if (summary.TextBody is { } text) ((TextPart)await client.Inbox.GetBodyPartAsync(summary.UniqueId, text)).Text.ShouldBe(message.TextBody);
            foreach (var attachment in summary.Attachments)
            {
                var whole = (MimePart)message.Attachments.First(part => (part.ContentDisposition!.FileName ?? part.ContentType.Name) == attachment.FileName);
                Octets((MimePart)await client.Inbox.GetBodyPartAsync(summary.UniqueId, attachment)).ShouldBe(Octets(whole));
            }
        }
    }

    [Fact]
    public async Task Messages_are_appended_searched_flagged_moved_and_expunged()
    {
        using var client = await Client("alice");
        var folder = await client.GetFolder(client.PersonalNamespaces[0]).CreateAsync("Essai à part", true);
        var uids = await folder!.AppendAsync([.. Enumerable.Range(1, 5).Select(n => new AppendRequest(Message($"Sujet {n}"), MessageFlags.Seen, ["$Projet"], DateTimeOffset.Parse($"2026-11-0{n}T10:00:00Z", System.Globalization.CultureInfo.InvariantCulture)))]);
        uids.Select(uid => uid.Id).ShouldBe([1u, 2, 3, 4, 5]);
        await folder.OpenAsync(FolderAccess.ReadWrite);
        (await folder.SearchAsync(SearchQuery.SubjectContains("jet 3"))).Single().Id.ShouldBe(3u);
        (await folder.SearchAsync(SearchQuery.DeliveredAfter(new DateTime(2026, 11, 4, 0, 0, 0, DateTimeKind.Utc)).And(SearchQuery.HasKeyword("$Projet")))).Select(uid => uid.Id).ShouldBe([4u, 5]);
        var found = await folder.SearchAsync(SearchOptions.Count | SearchOptions.Min | SearchOptions.Max, SearchQuery.BodyContains("corps"));
        (found.Count, found.Min!.Value.Id, found.Max!.Value.Id).ShouldBe((5, 1u, 5u));
        await folder.AddFlagsAsync([uids[0], uids[1]], MessageFlags.Flagged, silent: false);
        (await folder.SearchAsync(SearchQuery.Flagged)).Count.ShouldBe(2);
        var moved = await folder.MoveToAsync([uids[1], uids[2]], client.GetFolder(SpecialFolder.Trash)!);
        moved.Source.Select(uid => uid.Id).ShouldBe([2u, 3]);
        moved.Destination.Count.ShouldBe(2);
        await folder.AddFlagsAsync(uids[4], MessageFlags.Deleted, silent: true);
        await folder.ExpungeAsync([uids[4]]);
        folder.Count.ShouldBe(2);
        await folder.CloseAsync();
        await folder.RenameAsync(client.GetFolder(client.PersonalNamespaces[0]), "Essai fini");
        await folder.DeleteAsync();
    }

    [Fact]
    public async Task An_idle_client_hears_of_mail_that_comes_by_SMTP_and_of_what_the_web_client_does()
    {
        using var client = await Client("bob");
        await client.Inbox!.OpenAsync(FolderAccess.ReadWrite);
        var before = client.Inbox.Count;
        var came = new TaskCompletionSource();
        var flagged = new TaskCompletionSource();
        client.Inbox.CountChanged += (_, _) => came.TrySetResult();
        client.Inbox.MessageFlagsChanged += (_, change) => { if (change.Flags.HasFlag(MessageFlags.Flagged)) flagged.TrySetResult(); };
        using var done = new CancellationTokenSource();
        var idle = client.IdleAsync(done.Token);
        using (var smtp = new MailKit.Net.Smtp.SmtpClient())
        {
            await smtp.ConnectAsync("localhost", _workplace.Smtp, SecureSocketOptions.None);
            await smtp.SendAsync(Message("Pendant l'attente"), new MailboxAddress("", "outside@elsewhere.example"), [new MailboxAddress("", "bob@demo.localhost")]);
        }

        await came.Task.WaitAsync(TimeSpan.FromSeconds(30));
        using (var jmap = new JmapClient(_workplace.Url, "bob@demo.localhost", "bastide-demo"))
        {
            var account = await jmap.Account();
            var newest = (await jmap.Emails(account, await jmap.MailboxWithRole(account, "inbox"), "id", "subject")).Single(mail => (string?)mail["subject"] == "Pendant l'attente");
            await jmap.Call("Email/set", new JsonObject { ["accountId"] = account, ["update"] = new JsonObject { [(string)newest["id"]!] = new JsonObject { ["keywords/$flagged"] = true } } });
        }

        await flagged.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await done.CancelAsync();
        await idle;
        client.Inbox.Count.ShouldBe(before + 1);
    }

    [Fact]
    public async Task A_client_that_comes_back_is_told_what_changed_and_no_more()
    {
        using var client = await Client("chloe");
        var folder = await client.GetFolder(client.PersonalNamespaces[0]).CreateAsync("Reprise", true);
        await folder!.AppendAsync([.. Enumerable.Range(1, 10).Select(n => new AppendRequest(Message($"Sujet {n}")))]);
        await client.EnableQuickResyncAsync();
        await folder.OpenAsync(FolderAccess.ReadWrite);
        var (validity, known) = (folder.UidValidity, folder.HighestModSeq);
        await folder.CloseAsync();
        using (var other = await Client("chloe"))
        {
            var same = await other.GetFolderAsync("Reprise");
            await same.OpenAsync(FolderAccess.ReadWrite);
            await same.AddFlagsAsync([new UniqueId(3), new UniqueId(7)], MessageFlags.Deleted, silent: true);
            await same.ExpungeAsync();
            await same.AddFlagsAsync([new UniqueId(5)], MessageFlags.Answered, silent: true);
        }

        var vanished = new List<uint>();
        var changed = new List<uint>();
        folder.MessagesVanished += (_, gone) => vanished.AddRange(gone.UniqueIds.Select(uid => uid.Id));
        folder.MessageFlagsChanged += (_, change) => changed.Add(change.UniqueId!.Value.Id);
        await folder.OpenAsync(FolderAccess.ReadOnly, validity, known, [.. Enumerable.Range(1, 10).Select(n => new UniqueId((uint)n))]);
        vanished.ShouldBe([3u, 7]);
        changed.ShouldBe([5u]);
    }

    [Fact]
    public async Task A_compressed_connection_carries_a_large_message_both_ways()
    {
        using var client = await Client("alice", SecureSocketOptions.StartTls);
        await client.CompressAsync();
        var message = Message("Volumineux");
        var octets = new byte[3_000_000];
        new Random(7).NextBytes(octets);
        message.Body = new Multipart("mixed") { message.Body!, new MimePart("application", "octet-stream") { Content = new MimeContent(new MemoryStream(octets)), FileName = "données.bin", ContentTransferEncoding = ContentEncoding.Base64 } };
        var drafts = client.GetFolder(SpecialFolder.Drafts)!;
        var uid = (await drafts.AppendAsync(new AppendRequest(message)))!.Value;
        await drafts.OpenAsync(FolderAccess.ReadOnly);
        var back = await drafts.GetMessageAsync(uid);
        Octets((MimePart)back.Attachments.Single()).ShouldBe(octets);
    }

    async Task<ImapClient> Client(string person, SecureSocketOptions security = SecureSocketOptions.None)
    {
        var client = new ImapClient { ServerCertificateValidationCallback = (_, certificate, _, _) => certificate is not null, CheckCertificateRevocation = false };
        await client.ConnectAsync("localhost", security == SecureSocketOptions.SslOnConnect ? _workplace.Imaps : _workplace.Imap, security);
        await client.AuthenticateAsync($"{person}@demo.localhost", "bastide-demo");
        return client;
    }

    static MimeMessage Message(string subject) => new([new MailboxAddress("Zoé", "zoe@elsewhere.example")], [new MailboxAddress("", "alice@demo.localhost")], subject, new TextPart("plain") { Text = "Le corps du message.\r\n" });

    static byte[] Octets(MimePart part)
    {
        using var decoded = new MemoryStream();
        part.Content!.DecodeTo(decoded);
        return decoded.ToArray();
    }
}

using System.Globalization;
using System.Text;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Security;
using MimeKit;

namespace Bastide.Conformance.Imap;

/// <summary>
/// What a client keeps of a mailbox stays true: UIDVALIDITY, UIDs, modification sequences and ids survive the end of the
/// program, a name, a move and an import (RFC 9051 §2.3.1.1; RFC 7162 §3.1; RFC 8474 §4–§5).
/// </summary>
public abstract class PromiseContract : IAsyncLifetime
{
    const string Folder = "Promesse";
    readonly TempDirectory _home = new();
    RunningWorkplace _workplace = null!;

    /// <summary>Names the database, or null for the embedded one.</summary>
    protected abstract Task<string?> Database();

    public async ValueTask InitializeAsync()
    {
        var database = await Database();
        _workplace = await RunningWorkplace.Start(environment: database is null ? null : new Dictionary<string, string> { ["BASTIDE_DATABASE"] = database });
    }

    public virtual async ValueTask DisposeAsync()
    {
        await _workplace.DisposeAsync();
        _home.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_restart_and_a_new_name_leave_everything_as_it_was()
    {
        using (var client = await SignIn())
        {
            await Fill(client);
            await client.DisconnectAsync(true);
        }

        var before = await Known(Folder);
        await _workplace.Kill();
        await _workplace.Start();
        (await Known(Folder)).ShouldBe(before);

        using (var client = await SignIn())
        {
            var root = client.GetFolder(client.PersonalNamespaces[0]);
            var above = await root.CreateAsync("Au-dessus", true);
            await (await client.GetFolderAsync(Folder)).RenameAsync(above!, "Renommé");
            await client.DisconnectAsync(true);
        }

        var renamed = await Known("Au-dessus/Renommé");
        renamed.ShouldBe(before with { HighestModSeq = renamed.HighestModSeq });
        await _workplace.Kill();
        await _workplace.Start();
        (await Known("Au-dessus/Renommé")).ShouldBe(renamed);

        // Another of the same name is another: what was kept of the first is nothing of it.
        using var again = await SignIn();
        var made = await again.GetFolder(again.PersonalNamespaces[0]).CreateAsync(Folder, true);
        await made!.AppendAsync(Message("Autre"));
        var other = await Known(Folder);
        other.MailboxId.ShouldNotBe(before.MailboxId);
        other.UidValidity.ShouldNotBe(before.UidValidity);
    }

    [Fact]
    public async Task An_import_adds_at_the_end_and_a_second_one_changes_nothing()
    {
        using var client = await SignIn();
        await Fill(client);
        var before = await Known(Folder);
        var mbox = _home.Below($"{Folder}.mbox");
        await File.WriteAllTextAsync(mbox, Mbox(50));
        await Import(mbox);
        var after = await Known(Folder);
        after.UidValidity.ShouldBe(before.UidValidity);
        after.MailboxId.ShouldBe(before.MailboxId);
        after.Messages.ShouldStartWith(before.Messages);
        after.Messages.Split('\n').Length.ShouldBe(before.Messages.Split('\n').Length + 50);
        after.UidNext.ShouldBe(before.UidNext + 50);
        after.HighestModSeq.ShouldBeGreaterThan(before.HighestModSeq);

        await Import(mbox);
        (await Known(Folder)).ShouldBe(after);
    }

    [Fact]
    public async Task A_client_that_was_away_over_a_restart_is_told_what_it_missed()
    {
        var (validity, known) = (0u, 0UL);
        using (var client = await SignIn())
        {
            await Fill(client);
            await client.EnableQuickResyncAsync();
            var folder = await client.GetFolderAsync(Folder);
            await folder.OpenAsync(FolderAccess.ReadOnly);
            (validity, known) = (folder.UidValidity, folder.HighestModSeq);
        }

        using (var client = await SignIn())
        {
            var folder = await client.GetFolderAsync(Folder);
            await folder.OpenAsync(FolderAccess.ReadWrite);
            await folder.MoveToAsync(new UniqueId(6), client.GetFolder(SpecialFolder.Archive)!);
            await folder.AddFlagsAsync(new UniqueId(8), MessageFlags.Flagged, silent: true);
        }

        await _workplace.Kill();
        await _workplace.Start();
        using var back = await SignIn();
        await back.EnableQuickResyncAsync();
        var same = await back.GetFolderAsync(Folder);
        var (vanished, changed, sequences) = (new List<uint>(), new List<uint>(), new List<ulong>());
        same.MessagesVanished += (_, gone) => vanished.AddRange(gone.UniqueIds.Select(uid => uid.Id));
        same.MessageFlagsChanged += (_, change) =>
        {
            changed.Add(change.UniqueId!.Value.Id);
            sequences.Add(change.ModSeq ?? 0);
        };
        await same.OpenAsync(FolderAccess.ReadWrite, validity, known, [.. Enumerable.Range(1, 10).Select(uid => new UniqueId((uint)uid))]);
        vanished.ShouldBe([6u]);
        changed.ShouldBe([8u]);
        sequences.ShouldAllBe(modSeq => modSeq > known);

        // What happens from now on comes after all that ever happened.
        var highest = same.HighestModSeq;
        await same.AddFlagsAsync(new UniqueId(9), MessageFlags.Answered, silent: true);
        (await same.FetchAsync([new UniqueId(9)], MessageSummaryItems.ModSeq)).Single().ModSeq!.Value.ShouldBeGreaterThan(highest);
    }

    /// <summary>Ten messages, of which one is removed, two are moved away and some are marked.</summary>
    async Task Fill(ImapClient client)
    {
        var folder = await client.GetFolder(client.PersonalNamespaces[0]).CreateAsync(Folder, true);
        for (var number = 1; number <= 10; number++) await folder!.AppendAsync(Message($"Message {number}"));
        await folder!.OpenAsync(FolderAccess.ReadWrite);
        await folder.AddFlagsAsync([new UniqueId(2), new UniqueId(5)], MessageFlags.Seen | MessageFlags.Flagged, silent: true);
        await folder.AddFlagsAsync(new UniqueId(3), MessageFlags.Deleted, silent: true);
        await folder.ExpungeAsync([new UniqueId(3)]);
        await folder.MoveToAsync([new UniqueId(1), new UniqueId(4)], client.GetFolder(SpecialFolder.Archive)!);
        await folder.AddFlagsAsync([new UniqueId(10)], MessageFlags.None, new HashSet<string> { "$projet" }, silent: true);
        await folder.CloseAsync();
    }

    /// <summary>All that a client could keep of a mailbox.</summary>
    async Task<Remembered> Known(string path)
    {
        using var client = await SignIn();
        var folder = await client.GetFolderAsync(path);
        await folder.StatusAsync(StatusItems.UidValidity | StatusItems.UidNext | StatusItems.HighestModSeq | StatusItems.MailboxId);
        var (validity, next, highest, id) = (folder.UidValidity, folder.UidNext!.Value.Id, folder.HighestModSeq, folder.Id!);
        await folder.OpenAsync(FolderAccess.ReadOnly);
        var summaries = await folder.FetchAsync(0, -1, MessageSummaryItems.UniqueId | MessageSummaryItems.Flags | MessageSummaryItems.ModSeq | MessageSummaryItems.InternalDate | MessageSummaryItems.SaveDate | MessageSummaryItems.EmailId | MessageSummaryItems.ThreadId | MessageSummaryItems.Size);
        var messages = string.Join('\n', summaries.Select(each => string.Create(CultureInfo.InvariantCulture, $"{each.UniqueId} {each.Flags} {string.Join(' ', each.Keywords)} {each.ModSeq} {each.InternalDate:O} {each.SaveDate:O} {each.EmailId} {each.ThreadId} {each.Size}")));
        return new Remembered(validity, next, highest, id, messages);
    }

    async Task Import(string mbox)
    {
        var (code, _, error) = await _workplace.Run("import", "alice@demo.localhost", "mbox", mbox);
        code.ShouldBe(0, error);
    }

    async Task<ImapClient> SignIn()
    {
        var client = new ImapClient();
        await client.ConnectAsync("localhost", _workplace.Imap, SecureSocketOptions.None);
        await client.AuthenticateAsync("alice@demo.localhost", "bastide-demo");
        return client;
    }

    static MimeMessage Message(string subject) =>
        new([new MailboxAddress("Dehors", "outside@elsewhere.example")], [new MailboxAddress("Alice", "alice@demo.localhost")], subject, new TextPart("plain") { Text = subject });

    static string Mbox(int count)
    {
        var text = new StringBuilder();
        for (var number = 0; number < count; number++)
            text.Append(CultureInfo.InvariantCulture, $"From sister@family.example Mon Mar  2 09:00:01 2026\nFrom: Sister <sister@family.example>\nMessage-ID: <{number}@family.example>\nSubject: Letter {number}\n\nNumber {number} of many.\n\n");
        return text.ToString();
    }

    sealed record Remembered(uint UidValidity, uint UidNext, ulong HighestModSeq, string MailboxId, string Messages);
}

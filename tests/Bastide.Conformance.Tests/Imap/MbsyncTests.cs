using System.Globalization;
using System.Text;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MailKit.Security;

namespace Bastide.Conformance.Imap;

/// <summary>mbsync (isync of Debian) mirrors a mailbox both ways.</summary>
public sealed class MbsyncTests : IAsyncLifetime
{
    /// <summary><c>BASTIDE_TEST_MESSAGES</c> makes it more for a long look (20,000 take some minutes).</summary>
    static readonly int Messages = int.Parse(Environment.GetEnvironmentVariable("BASTIDE_TEST_MESSAGES") ?? "2000", CultureInfo.InvariantCulture);

    readonly TempDirectory _home = new();
    RunningWorkplace _workplace = null!;

    string Maildir => Path.Combine(_home.Path, "mail");

    public async ValueTask InitializeAsync() => _workplace = await RunningWorkplace.Start(environment: new Dictionary<string, string> { ["BASTIDE_TEST__NOLIMITS"] = "1" });

    public async ValueTask DisposeAsync()
    {
        await _workplace.DisposeAsync();
        _home.Dispose();
    }

    [Fact]
    public async Task A_mirror_is_whole_at_once_idle_again_and_carries_changes_of_both_sides()
    {
        await Import();
        await Write();
        await Sync();
        Files("Dossier").Count.ShouldBe(Messages);
        using var imap = new ImapClient();
        await imap.ConnectAsync("localhost", _workplace.Imap, SecureSocketOptions.None);
        await imap.AuthenticateAsync("bob@demo.localhost", "bastide-demo");
        var there = await imap.GetFolderAsync("Ici");
        await there.OpenAsync(FolderAccess.ReadOnly);
        there.Count.ShouldBe(Messages);
        (await there.SearchAsync(SearchQuery.Seen)).Count.ShouldBe(Messages / 2);
        (await there.GetMessageAsync(Messages - 1)).TextBody!.Trim().ShouldStartWith("Written here: ");
        await there.CloseAsync();
        var (first, highest) = (Snapshot(), await Highest(imap));

        // Nothing is changed, here or there.
        await Sync();
        Snapshot().ShouldBe(first);
        (await Highest(imap)).ShouldBe(highest);

        // Here one is flagged, one goes, one comes; there others do.
        var files = Files("Dossier");
        File.Move(files[10], files[10] + "F");
        File.Delete(files[20]);
        await File.WriteAllTextAsync(Path.Combine(Maildir, "Dossier", "new", "1.local"), "From: me@example.org\nSubject: From here\nMessage-ID: <here@example.org>\nDate: Mon, 2 Nov 2026 10:00:00 +0100\n\nNew.\n");
        var folder = await imap.GetFolderAsync("Dossier");
        await folder.OpenAsync(FolderAccess.ReadWrite);
        await folder.AddFlagsAsync([.. Enumerable.Range(500, 10).Select(n => new UniqueId((uint)n))], MessageFlags.Answered, silent: true);
        await folder.AddFlagsAsync([new UniqueId(600)], MessageFlags.Deleted, silent: true);
        await folder.ExpungeAsync();
        await Sync();

        Files("Dossier").Count.ShouldBe(Messages - 1);
        Files("Dossier").Count(file => file.Contains('R', StringComparison.Ordinal) && file.LastIndexOf('R') > file.LastIndexOf(',')).ShouldBe(10);
        await folder.CheckAsync();
        folder.Count.ShouldBe(Messages - 1);
        (await folder.SearchAsync(SearchQuery.Flagged)).Count.ShouldBe(1);
        (await folder.SearchAsync(SearchQuery.SubjectContains("From here"))).Count.ShouldBe(1);
        var after = Snapshot();
        await Sync();
        Snapshot().ShouldBe(after);
    }

    /// <summary>The modification sequences of what is mirrored there.</summary>
    static async Task<List<ulong>> Highest(ImapClient imap)
    {
        var sequences = new List<ulong>();
        foreach (var name in new[] { "INBOX", "Dossier", "Ici" })
        {
            var folder = await imap.GetFolderAsync(name);
            await folder.StatusAsync(StatusItems.HighestModSeq);
            sequences.Add(folder.HighestModSeq);
        }

        return sequences;
    }

    /// <summary>Puts messages into a folder that is here alone, every other of them read.</summary>
    async Task Write()
    {
        foreach (var part in new[] { "cur", "new", "tmp" }) Directory.CreateDirectory(Path.Combine(Maildir, "Ici", part));
        for (var n = 1; n <= Messages; n++)
            await File.WriteAllTextAsync(Path.Combine(Maildir, "Ici", "cur", $"{n}.here:2,{(n % 2 == 0 ? "S" : "")}"), $"From: P{n % 97} <p{n % 97}@example.org>\nTo: bob@demo.localhost\nSubject: Here {n}\nDate: Mon, 2 Nov 2026 10:00:00 +0100\nMessage-ID: <h{n}@example.org>\n\nWritten here: {n}.\n");
    }

    async Task Import()
    {
        var mbox = Path.Combine(_home.Path, "Dossier.mbox");
        await using (var writer = new StreamWriter(mbox, false, new UTF8Encoding(false)))
        {
            for (var n = 1; n <= Messages; n++)
                await writer.WriteAsync($"From x@example.org Mon Nov  2 10:00:00 2026\nFrom: P{n % 97} <p{n % 97}@example.org>\nTo: bob@demo.localhost\nSubject: Number {n}\nDate: Mon, 2 Nov 2026 10:00:00 +0100\nMessage-ID: <n{n}@example.org>\n\nBody {n}.\n\n");
        }

        var (code, output) = await ClientProcess.Run("dotnet", [Path.Combine(AppContext.BaseDirectory, "bastide.dll"), "import", "bob@demo.localhost", "mbox", mbox, "--data", _workplace.Data]);
        code.ShouldBe(0, output);
    }

    async Task Sync()
    {
        Directory.CreateDirectory(Maildir);
        var settings = Path.Combine(_home.Path, "mbsyncrc");
        await File.WriteAllTextAsync(settings, $"""
            IMAPAccount bastide
            Host localhost
            Port {_workplace.Imap}
            User bob@demo.localhost
            Pass bastide-demo
            SSLType None
            AuthMechs LOGIN
            # It does not look at its socket while it has compressed octets to go through, and takes that for silence.
            Timeout 300

            IMAPStore there
            Account bastide

            MaildirStore here
            Path {Maildir}/
            Inbox {Maildir}/INBOX
            SubFolders Verbatim

            Channel all
            Far :there:
            Near :here:
            Patterns * !Teams*
            Create Both
            Expunge Both
            SyncState *
            CopyArrivalDate yes
            """);
        var (code, output) = await ClientProcess.Run("mbsync", ["-c", settings, "all"], new Dictionary<string, string> { ["HOME"] = _home.Path });
        code.ShouldBe(0, output);
    }

    List<string> Files(string folder) =>
        [.. new[] { "cur", "new" }.SelectMany(part => Directory.GetFiles(Path.Combine(Maildir, folder, part))).Order(StringComparer.Ordinal)];

    List<string> Snapshot() =>
        [.. Directory.GetFiles(Maildir, "*", SearchOption.AllDirectories).Where(file => !Path.GetFileName(file).StartsWith('.')).Order(StringComparer.Ordinal)];
}

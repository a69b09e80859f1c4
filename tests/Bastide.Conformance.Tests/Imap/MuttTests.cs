using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MailKit.Security;

namespace Bastide.Conformance.Imap;

/// <summary>mutt, its keys pressed as a person would.</summary>
public sealed class MuttTests : IAsyncLifetime
{
    readonly TempDirectory _home = new();
    RunningWorkplace _workplace = null!;

    public async ValueTask InitializeAsync() => _workplace = await RunningWorkplace.Start();

    public async ValueTask DisposeAsync()
    {
        await _workplace.DisposeAsync();
        _home.Dispose();
    }

    [Fact]
    public async Task It_flags_copies_and_deletes()
    {
        var before = await Counts();
        var settings = Path.Combine(_home.Path, "muttrc");
        await File.WriteAllTextAsync(settings, $"""
            set spoolfile="imap://localhost:{_workplace.Imap}/INBOX"
            set folder="imap://localhost:{_workplace.Imap}/"
            set imap_user="alice@demo.localhost"
            set imap_pass="bastide-demo"
            set ssl_starttls=no
            set ssl_force_tls=no
            set quit=yes
            set delete=yes
            set confirmappend=no
            set header_cache={_home.Path}/cache
            set record=""
            push "<limit>~s Budget<enter><flag-message><limit>all<enter><last-entry><copy-message>=Archive<enter><delete-message><sync-mailbox><quit>"
            """);
        // mutt wants a terminal: script gives it one.
        var (code, output) = await ClientProcess.Run("script", ["-qec", $"mutt -n -F {settings}", "/dev/null"], new Dictionary<string, string> { ["TERM"] = "xterm", ["HOME"] = _home.Path });
        code.ShouldBe(0, output);
        var after = await Counts();
        after.Inbox.ShouldBe(before.Inbox - 1, output);
        after.Archive.ShouldBe(before.Archive + 1);
        after.Flagged.ShouldBe(before.Flagged + 1);
    }

    async Task<(int Inbox, int Flagged, int Archive)> Counts()
    {
        using var client = new ImapClient();
        await client.ConnectAsync("localhost", _workplace.Imap, SecureSocketOptions.None);
        await client.AuthenticateAsync("alice@demo.localhost", "bastide-demo");
        await client.Inbox!.OpenAsync(FolderAccess.ReadOnly);
        var (inbox, flagged) = (client.Inbox.Count, (await client.Inbox.SearchAsync(SearchQuery.Flagged)).Count);
        var archive = client.GetFolder(SpecialFolder.Archive)!;
        await archive.OpenAsync(FolderAccess.ReadOnly);
        return (inbox, flagged, archive.Count);
    }
}

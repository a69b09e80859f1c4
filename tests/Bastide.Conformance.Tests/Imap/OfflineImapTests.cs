using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MailKit.Security;

namespace Bastide.Conformance.Imap;

/// <summary>offlineimap3 mirrors an account to a Maildir and brings back what changed there.</summary>
public sealed class OfflineImapTests : IAsyncLifetime
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
    public async Task It_mirrors_the_account_and_carries_a_flag_back()
    {
        using var client = new ImapClient();
        await client.ConnectAsync("localhost", _workplace.Imap, SecureSocketOptions.None);
        await client.AuthenticateAsync("alice@demo.localhost", "bastide-demo");
        await client.Inbox!.OpenAsync(FolderAccess.ReadOnly);
        var flagged = (await client.Inbox.SearchAsync(SearchQuery.Flagged)).Count;

        await Sync();
        var inbox = Path.Combine(_home.Path, "mail", "INBOX", "cur");
        var others = Path.Combine(_home.Path, "mail", "INBOX", "new");
        (Directory.GetFiles(inbox).Length + Directory.GetFiles(others).Length).ShouldBe(client.Inbox.Count);
        var plain = Directory.GetFiles(inbox).First(file => file.EndsWith(":2,S", StringComparison.Ordinal));
        File.Move(plain, plain[..^1] + "FS");
        await Sync();
        await client.NoOpAsync();
        (await client.Inbox.SearchAsync(SearchQuery.Flagged)).Count.ShouldBe(flagged + 1);
    }

    async Task Sync()
    {
        var settings = Path.Combine(_home.Path, "offlineimaprc");
        await File.WriteAllTextAsync(settings, $"""
            [general]
            accounts = a
            metadata = {_home.Path}/meta
            ui = basic
            [Account a]
            localrepository = here
            remoterepository = there
            [Repository here]
            type = Maildir
            localfolders = {_home.Path}/mail
            [Repository there]
            type = IMAP
            remotehost = localhost
            remoteport = {_workplace.Imap}
            remoteuser = alice@demo.localhost
            remotepass = bastide-demo
            ssl = no
            starttls = no
            auth_mechanisms = LOGIN
            """);
        var (code, output) = await ClientProcess.Run("offlineimap", ["-c", settings, "-o"], new Dictionary<string, string> { ["HOME"] = _home.Path });
        code.ShouldBe(0, output);
    }
}

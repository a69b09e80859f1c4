namespace Bastide.Conformance.Imap;

/// <summary>curl reads, searches and appends.</summary>
public sealed class CurlTests : IAsyncLifetime
{
    RunningWorkplace _workplace = null!;

    public async ValueTask InitializeAsync() => _workplace = await RunningWorkplace.Start();

    public ValueTask DisposeAsync() => _workplace.DisposeAsync();

    [Fact]
    public async Task It_lists_reads_searches_and_appends()
    {
        (await Curl("imap", "")).ShouldContain("* LIST (\\HasNoChildren) \"/\" INBOX");
        (await Curl("imap", "INBOX;MAILINDEX=1")).ShouldContain("Subject: ");
        (await Curl("imap", "INBOX;UID=1;SECTION=HEADER.FIELDS%20(SUBJECT)")).ShouldStartWith("Subject: ");
        (await Curl("imap", "INBOX?UNSEEN")).ShouldStartWith("* SEARCH ");
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "From: me@example.org\r\nSubject: By curl\r\n\r\nHello.\r\n");
        await Curl("imap", "Drafts", "-T", file);
        (await Curl("imaps", "Drafts?SUBJECT%20curl", "-k")).ShouldMatch(@"\* SEARCH \d+");
        File.Delete(file);
    }

    async Task<string> Curl(string scheme, string path, params string[] options)
    {
        var port = scheme == "imaps" ? _workplace.Imaps : _workplace.Imap;
        var (code, output) = await ClientProcess.Run("curl", ["-sS", "-u", "alice@demo.localhost:bastide-demo", $"{scheme}://localhost:{port}/{path}", .. options]);
        code.ShouldBe(0, output);
        return output;
    }
}

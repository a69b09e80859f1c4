using System.Text.Json.Nodes;

namespace Bastide.Conformance.Imap;

/// <summary><c>bastide import ADDRESS imap …</c>: an account moves here from another server, which is here another Bastide.</summary>
public sealed class ImportTests
{
    [Fact]
    public async Task An_account_of_another_server_comes_with_folders_dates_and_flags_and_nothing_twice()
    {
        await using var there = await RunningWorkplace.Start();
        await using var here = await RunningWorkplace.Start();
        using var before = new JmapClient(there.Url, "alice@demo.localhost", "bastide-demo");
        using var bob = new JmapClient(here.Url, "bob@demo.localhost", "bastide-demo");
        var had = await Listed(bob);
        var wanted = await Listed(before);

        var first = await Import(here, there);
        first.Code.ShouldBe(0, first.Error);
        first.Output.ShouldContain($"{wanted.Count} imported, 0 already there, 0 refused");
        (await Listed(bob)).ShouldBe(had.Concat(wanted), ignoreOrder: true);

        var again = await Import(here, there);
        again.Output.ShouldContain("0 imported, 0 already there, 0 refused");
        (await Listed(bob)).Count.ShouldBe(had.Count + wanted.Count);
    }

    [Fact]
    public async Task A_server_that_cannot_be_used_is_told_of_in_a_sentence()
    {
        await using var there = await RunningWorkplace.Start();
        await using var here = await RunningWorkplace.Start();
        (await Import(here, there, password: "wrong")).Error.ShouldContain("refuses the user name or password");
        (await Import(here, there, trusts: false)).Error.ShouldContain("no certificate that can be trusted");
        (await Import(here, there, password: "")).Error.ShouldContain("BASTIDE_IMPORT_PASSWORD");
    }

    static Task<(int Code, string Output, string Error)> Import(RunningWorkplace here, RunningWorkplace there, string password = "bastide-demo", bool trusts = true)
    {
        var environment = new Dictionary<string, string> { ["BASTIDE_IMPORT_PASSWORD"] = password };
        if (trusts) environment["SSL_CERT_FILE"] = Path.Combine(there.Data, "tls", "certificate.pem");
        return here.Run(environment, "import", "bob@demo.localhost", "imap", $"imaps://alice%40demo.localhost@localhost:{there.Imaps}/");
    }

    /// <summary>Every message: where it is, what it is about, when it came (INTERNALDATE counts in seconds), its keywords.</summary>
    static async Task<List<string>> Listed(JmapClient client)
    {
        var account = await client.Account();
        var mailboxes = (await client.Call("Mailbox/get", new JsonObject { ["accountId"] = account }))["list"]!.AsArray();
        var listed = new List<string>();
        foreach (var mailbox in mailboxes)
            foreach (var email in await client.Emails(account, (string)mailbox!["id"]!, "subject", "receivedAt", "keywords", "size"))
                listed.Add($"{mailbox["role"]} {mailbox["name"]}: {email["subject"]} {((string)email["receivedAt"]!)[..19]} {string.Join(' ', email["keywords"]!.AsObject().Select(keyword => keyword.Key).Order(StringComparer.Ordinal))} {email["size"]}");
        return listed;
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Bastide.Conformance;

/// <summary><c>bastide import</c> beside the running server: cut off by <c>kill -9</c> and run again, everything is there once.</summary>
public sealed class ImportKilled
{
    const int Messages = 3000;

    [Fact]
    public async Task An_import_that_was_killed_is_run_again_and_everything_is_there_once()
    {
        using var source = new TempDirectory();
        var mbox = source.Below("Family.mbox");
        await File.WriteAllTextAsync(mbox, Mbox(), TestContext.Current.CancellationToken);
        await using var workplace = await RunningWorkplace.Start();
        using var alice = new JmapClient(workplace.Url, "alice@demo.localhost", "bastide-demo");
        var account = await alice.Account();

        using (var first = workplace.Launch("import", "alice@demo.localhost", "mbox", mbox))
        {
            await Wait.Until(async () => await Imported(alice, account) is > 0 and < Messages, "a part to be imported");
            first.Kill();
            await first.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        (await Imported(alice, account)).ShouldBeLessThan(Messages);
        var (code, output, error) = await workplace.Run("import", "alice@demo.localhost", "mbox", mbox);
        code.ShouldBe(0, error);
        output.ShouldContain(" 0 refused");
        var family = await Mailbox(alice, account);
        var ids = (await alice.Emails(account, (string)family!["id"]!, "messageId")).Select(email => (string?)email["messageId"]?[0]).ToList();
        ids.ShouldBe(Enumerable.Range(0, Messages).Select(Id), ignoreOrder: true);
        ((int)family["unreadEmails"]!).ShouldBe(0);

        var again = await workplace.Run("import", "alice@demo.localhost", "mbox", mbox);
        again.Output.ShouldContain(string.Create(CultureInfo.InvariantCulture, $"0 imported, {Messages} already there, 0 refused"));
    }

    static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"{number}@family.example");

    static string Mbox()
    {
        var text = new StringBuilder();
        for (var i = 0; i < Messages; i++)
            text.Append(CultureInfo.InvariantCulture, $"From sister@family.example Mon Mar  2 09:00:01 2026\nFrom: Sister <sister@family.example>\nMessage-ID: <{Id(i)}>\nSubject: Letter {i}\n\nNumber {i} of many.\n\n");
        return text.ToString();
    }

    static async Task<JsonObject?> Mailbox(JmapClient client, string account)
    {
        var answer = await client.Call("Mailbox/get", new JsonObject { ["accountId"] = account });
        return answer["list"]!.AsArray().Select(mailbox => mailbox!.AsObject()).SingleOrDefault(mailbox => (string?)mailbox["name"] == "Family");
    }

    static async Task<int> Imported(JmapClient client, string account) => (int?)(await Mailbox(client, account))?["totalEmails"] ?? 0;
}

using Bastide.Abstractions.Identity;
using Bastide.Mail.Tests.Smtp;
using Bastide.Testing;
using Shouldly;
using Xunit;

namespace Bastide.Mail.Tests.Imap.Sessions;

/// <summary>
/// Several sessions on one mailbox, each of which knows it by what it is told alone: whatever they and delivery do, in
/// whatever order, they agree with it and lose nothing, also when their connections break (RFC 9051 §5.2, §5.5, §7.5;
/// RFC 7162 §3.2, §6).
/// </summary>
public abstract class SessionsContract(DatabaseFixture fixture)
{
    static readonly string[] Settable = ["\\Seen", "\\Flagged", "\\Answered", "\\Deleted", "$work"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Three_sessions_that_act_in_turn_know_the_mailbox_by_what_they_are_told(int seed)
    {
        await using var workplace = await ImapWorkplace.Start(fixture);
        var alice = await workplace.Add("alice");
        await workplace.Give(alice, 1, 8);
        var random = new Random(seed);
        await using var plain = new WatchfulClient(workplace, isQresync: false);
        await using var quick = new WatchfulClient(workplace, isQresync: true);
        await using var other = new WatchfulClient(workplace, isQresync: true);
        WatchfulClient[] clients = [plain, quick, other];
        foreach (var client in clients) await client.Open();
        for (var (step, given) = (0, 9); step < 250; step++)
        {
            if (random.Next(10) == 0) await workplace.Give(alice, given++, 1);
            var client = clients[random.Next(clients.Length)];
            if (random.Next(12) == 0) await client.Break(random.Next(2) == 0 ? Command(client, random, isAlone: true) : null, isAlone: true);
            if (!client.IsConnected) await client.Return(isAlone: true);
            await Act(client, random, isAlone: true);
            if (random.Next(8) == 0) await client.FindsWhatItWasTold();
        }

        foreach (var client in clients) await client.FindsWhatItWasTold();
        plain.Uids.ShouldBe(quick.Uids);
        quick.Uids.ShouldBe(other.Uids);
        quick.Flags.ShouldBe(other.Flags, ignoreOrder: true);
    }

    [Fact]
    public async Task Three_sessions_that_act_at_once_know_the_mailbox_by_what_they_are_told()
    {
        await using var workplace = await ImapWorkplace.Start(fixture);
        var alice = await workplace.Add("alice");
        await workplace.Give(alice, 1, 20);
        await using var plain = new WatchfulClient(workplace, isQresync: false);
        await using var quick = new WatchfulClient(workplace, isQresync: true);
        await using var other = new WatchfulClient(workplace, isQresync: true);
        WatchfulClient[] clients = [plain, quick, other];
        foreach (var client in clients) await client.Open();
        await Task.WhenAll([.. clients.Select((client, at) => ActAlone(client, at)), Deliver(workplace, alice)]);
        foreach (var client in clients) await client.FindsWhatItWasTold();
        plain.Uids.ShouldBe(quick.Uids);
        quick.Uids.ShouldBe(other.Uids);
        quick.Flags.ShouldBe(other.Flags, ignoreOrder: true);
        quick.Flags.ShouldBe(plain.Flags, ignoreOrder: true);
    }

    static Task ActAlone(WatchfulClient client, int seed) => Task.Run(async () =>
    {
        var random = new Random(seed);
        for (var step = 0; step < 120; step++)
        {
            if (random.Next(25) == 0) await client.Break(random.Next(2) == 0 ? Command(client, random, isAlone: false) : null, isAlone: false);
            if (!client.IsConnected) await client.Return(isAlone: false);
            await Act(client, random, isAlone: false);
        }
    });

    static async Task Deliver(MailWorkplace workplace, DirectoryEntry alice)
    {
        for (var number = 21; number < 60; number++) await workplace.Give(alice, number, 1);
    }

    static async Task Act(WatchfulClient client, Random random, bool isAlone)
    {
        var count = client.Uids.Count;
        if (count == 0 || random.Next(4) == 0)
        {
            // Messages come by the client itself as well, so that there is always something to remove.
            await client.Say($"APPEND INBOX {{16+}}\r\nSubject: x\r\n\r\nb\r\n");
            return;
        }

        switch (random.Next(10))
        {
            case 0:
                await client.SayAll($"FETCH {Numbers(client, random)} (FLAGS)", $"STORE {Numbers(client, random)} +FLAGS (\\Seen)", "SEARCH SEEN", $"FETCH {Numbers(client, random)} (UID)");
                break;
            // Without sequences nobody can tell whose change came first, when several act at once.
            case 1 or 2 when isAlone || client.HighestModSeq > 0:
                var numbers = Pick(client, random);
                if (numbers.TrueForAll(number => client.Uids[number - 1] is not null)) await client.StoreSilently(numbers, Settable[random.Next(Settable.Length)], random.Next(2) == 0);
                break;
            default:
                var command = Command(client, random, isAlone);
                var mayExpunge = command.StartsWith("UID ", StringComparison.Ordinal) ? !command.StartsWith("UID SEARCH 1", StringComparison.Ordinal) : !IsOfNumbers(command);
                // Somebody else may have removed what is named: then it is refused.
                await client.Say(command, mayExpunge, mayFail: !isAlone || command.Contains("MOVE", StringComparison.Ordinal) || command.Contains("COPY", StringComparison.Ordinal));
                break;
        }
    }

    static bool IsOfNumbers(string command) =>
        command.StartsWith("FETCH", StringComparison.Ordinal) || command.StartsWith("STORE", StringComparison.Ordinal) || command.StartsWith("SEARCH", StringComparison.Ordinal);

    static string Command(WatchfulClient client, Random random, bool isAlone)
    {
        if (client.Uids.Count == 0) return "NOOP";
        var uids = string.Join(',', Pick(client, random).Select(number => client.Uids[number - 1]).OfType<uint>().DefaultIfEmpty(1u));
        var flag = Settable[random.Next(Settable.Length)];
        var sign = random.Next(2) == 0 ? '+' : '-';
        return random.Next(14) switch
        {
            0 => $"FETCH {Numbers(client, random)} (FLAGS)",
            1 => $"UID FETCH {uids} (UID FLAGS)",
            2 => $"FETCH {Numbers(client, random)} (INTERNALDATE FLAGS)",
            3 => $"STORE {Numbers(client, random)} {sign}FLAGS ({flag})",
            4 => $"UID STORE {uids} {sign}FLAGS ({flag})",
            5 => "EXPUNGE",
            6 => $"UID EXPUNGE {uids}",
            7 => $"MOVE {Pick(client, random)[0]} Trash",
            8 => $"UID MOVE {uids} Archive",
            9 => $"COPY {Pick(client, random)[0]} INBOX",
            10 => "SEARCH UNSEEN",
            11 => "UID SEARCH UNSEEN",
            12 => "UID SEARCH 1 UNSEEN",
            _ => isAlone ? "CHECK" : "NOOP",
        };
    }

    static string Numbers(WatchfulClient client, Random random) => string.Join(',', Pick(client, random));

    static List<int> Pick(WatchfulClient client, Random random) =>
        [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(1, client.Uids.Count + 1)).Distinct()];
}

using Bastide.Platform.Changes;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Tests.Store;

/// <summary>Does random things to an account's mail, the same for the same seed.</summary>
public sealed class RandomMail(MailStore store, Person person, int seed)
{
    static readonly string[] SomeKeywords = ["$seen", "$flagged", "$answered", "$draft", "work", "later"];
    static readonly string[] Subjects = ["Lunch", "Minutes", "Invoice"];
    readonly Random _random = new(seed);
    int _made;

    /// <summary>The messages there are, as far as this knows; some may have been renumbered.</summary>
    public HashSet<long> Ids { get; } = [];

    static CancellationToken Cancellation => Xunit.TestContext.Current.CancellationToken;

    public async Task Step()
    {
        switch (_random.Next(10))
        {
            case < 4: await Add(); break;
            case < 6: await ChangeKeywords(); break;
            case < 8: await Move(); break;
            case < 9: await Destroy(); break;
            default: await ManyAtOnce(); break;
        }
    }

    async Task Add()
    {
        var n = _made++;
        var references = n == 0 || _random.Next(3) == 0 ? null : $"{Prefix}{_random.Next(n + 3)}@x";
        var made = await store.Add(person, (references is null ? "" : "Re: ") + Subjects[_random.Next(2)], $"{Prefix}{n}@x", references,
            store.Test.Time.GetUtcNow().AddMinutes(_random.Next(1000)), Mailboxes(), [.. SomeKeywords.Where(_ => _random.Next(3) == 0)]);
        Ids.Add(made.Id);
    }

    async Task ChangeKeywords()
    {
        if (await Any() is not { } id) return;
        var patch = _random.Next(2) == 0
            ? new Patch<string> { Replace = [.. SomeKeywords.Where(_ => _random.Next(2) == 0)] }
            : new Patch<string> { Add = [SomeKeywords[_random.Next(6)]], Remove = [SomeKeywords[_random.Next(6)]] };
        await store.Update(person, id, new EmailUpdate { Keywords = patch });
    }

    async Task Move()
    {
        if (await Any() is { } id) await store.Update(person, id, new EmailUpdate { MailboxIds = new Patch<long> { Replace = Mailboxes() } });
    }

    async Task Destroy()
    {
        if (await Any() is not { } id) return;
        await store.Destroy(person, id);
        Ids.Remove(id);
    }

    async Task ManyAtOnce()
    {
        var update = new Dictionary<long, EmailUpdate>();
        for (var i = 0; i < 5; i++)
            if (await Any() is { } id)
                update[id] = new EmailUpdate { MailboxIds = new Patch<long> { Add = Mailboxes() }, Keywords = new Patch<string> { Add = ["$seen"] } };
        var doomed = await Any();
        if (doomed is { } gone) update.Remove(gone);
        await store.Messages.Set(person.Caller, person.Account, new EmailSet { Update = update, Destroy = doomed is null ? [] : [doomed.Value] }, Cancellation);
    }

    string Prefix => FormattableString.Invariant($"{person.Account.Value}.");

    List<long> Mailboxes()
    {
        var all = person.Mailboxes.Values.ToArray();
        return [.. Enumerable.Range(0, 1 + _random.Next(2)).Select(_ => all[_random.Next(all.Length)]).Distinct()];
    }

    async Task<long?> Any()
    {
        var all = await All();
        return all.Count == 0 ? null : all[_random.Next(all.Count)].Id;
    }

    /// <summary>Every message of the account.</summary>
    public async Task<List<Message>> All()
    {
        var changes = (await store.Messages.Changes(person.Caller, person.Account, new Sequence(0), 100_000, Cancellation))!;
        return [.. (await store.Messages.Get(person.Caller, person.Account, changes.Created, withStructure: false, Cancellation)).Found];
    }
}

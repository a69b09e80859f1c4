namespace Bastide.Mail.Tests.Store;

/// <summary>Makes queries about a mailbox of random mail.</summary>
static class RandomQuery
{
    static readonly string[] Keywords = ["$seen", "$flagged", "work", "later"];

    public static EmailQuery Make(Random random, Person person, IReadOnlyList<Message> all) => new()
    {
        Filter = random.Next(6) == 0 ? null : Filter(random, person, all, random.Next(3)),
        Sort = Sort(random),
        CollapseThreads = random.Next(2) == 0,
    };

    static EmailFilter Filter(Random random, Person person, IReadOnlyList<Message> all, int depth)
    {
        if (depth == 0) return Condition(random, person, all);
        var filters = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Filter(random, person, all, depth - 1)).ToList();
        return random.Next(4) switch { 0 => EmailFilter.Not(filters), 1 => EmailFilter.Or(filters), _ => EmailFilter.And(filters) };
    }

    static EmailCondition Condition(Random random, Person person, IReadOnlyList<Message> all)
    {
        var mailboxes = person.Mailboxes.Values.ToArray();
        var some = all.Count == 0 ? null : all[random.Next(all.Count)];
        string Keyword() => Keywords[random.Next(Keywords.Length)];
        long Mailbox() => mailboxes[random.Next(mailboxes.Length)];
        var condition = random.Next(3) == 0 ? new EmailCondition() : new EmailCondition { InMailbox = Mailbox() };
        return random.Next(14) switch
        {
            0 => condition with { InMailboxOtherThan = [Mailbox(), Mailbox()] },
            1 => condition with { Before = some?.ReceivedAt },
            2 => condition with { After = some?.ReceivedAt },
            3 => condition with { MinSize = some?.Size, MaxSize = some?.Size + 20 },
            4 => condition with { AllInThreadHaveKeyword = Keyword() },
            5 => condition with { SomeInThreadHaveKeyword = Keyword() },
            6 => condition with { NoneInThreadHaveKeyword = Keyword() },
            7 or 8 => condition with { HasKeyword = Keyword() },
            9 or 10 => condition with { NotKeyword = Keyword() },
            11 => condition with { HasAttachment = random.Next(2) == 0 },
            _ => condition,
        };
    }

    static List<EmailSort> Sort(Random random)
    {
        if (random.Next(3) == 0) return [];
        if (random.Next(2) == 0) return [new EmailSort(EmailSortProperty.ReceivedAt, random.Next(2) == 0)];
        return [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => new EmailSort((EmailSortProperty)random.Next(9), random.Next(2) == 0, Keywords[random.Next(Keywords.Length)]))];
    }
}

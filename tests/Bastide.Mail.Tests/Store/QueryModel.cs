namespace Bastide.Mail.Tests.Store;

/// <summary>Answers a query by looking at every message.</summary>
static class QueryModel
{
    public static List<long> Run(EmailQuery query, IReadOnlyList<Message> all)
    {
        var matching = all.Where(message => Matches(query.Filter, message, all)).ToList();
        matching.Sort((a, b) => Compare(query.Sort, a, b, all));
        if (query.CollapseThreads) matching = [.. matching.DistinctBy(message => message.ThreadId)];
        return [.. matching.Select(message => message.Id)];
    }

    public static string Describe(EmailFilter? filter) => filter is EmailFilterGroup group ? $"{group.Operator}({string.Join("; ", group.Filters.Select(Describe))})" : filter?.ToString() ?? "all";

    static bool Matches(EmailFilter? filter, Message m, IReadOnlyList<Message> all) => filter switch
    {
        null => true,
        EmailFilterGroup { Operator: EmailFilterOperator.And } group => group.Filters.All(f => Matches(f, m, all)),
        EmailFilterGroup { Operator: EmailFilterOperator.Or } group => group.Filters.Any(f => Matches(f, m, all)),
        EmailFilterGroup group => !group.Filters.Any(f => Matches(f, m, all)),
        EmailCondition c => Matches(c, m, [.. all.Where(other => other.ThreadId == m.ThreadId)]),
        _ => throw new InvalidOperationException(),
    };

    static bool Matches(EmailCondition c, Message m, List<Message> thread) =>
        (c.InMailbox is not { } mailbox || m.MailboxIds.Contains(mailbox))
        && (c.InMailboxOtherThan is not { } others || m.MailboxIds.Any(id => !others.Contains(id)))
        && (c.Before is not { } before || m.ReceivedAt < before)
        && (c.After is not { } after || m.ReceivedAt >= after)
        && (c.MinSize is not { } min || m.Size >= min)
        && (c.MaxSize is not { } max || m.Size < max)
        && (c.HasKeyword is not { } has || m.Keywords.Contains(has))
        && (c.NotKeyword is not { } not || !m.Keywords.Contains(not))
        && (c.AllInThreadHaveKeyword is not { } every || thread.TrueForAll(t => t.Keywords.Contains(every)))
        && (c.SomeInThreadHaveKeyword is not { } some || thread.Exists(t => t.Keywords.Contains(some)))
        && (c.NoneInThreadHaveKeyword is not { } none || !thread.Exists(t => t.Keywords.Contains(none)))
        && (c.HasAttachment is not { } attachment || m.HasAttachment == attachment);

    static int Compare(IReadOnlyList<EmailSort> sort, Message a, Message b, IReadOnlyList<Message> all)
    {
        foreach (var by in sort)
        {
            var compared = Key(by, a, all).CompareTo(Key(by, b, all));
            if (compared != 0) return by.IsAscending ? compared : -compared;
        }

        if (sort.Count == 0 && a.ReceivedAt != b.ReceivedAt) return b.ReceivedAt.CompareTo(a.ReceivedAt);
        return sort.Count > 0 && sort[0].IsAscending ? a.Id.CompareTo(b.Id) : b.Id.CompareTo(a.Id);
    }

    static IComparable Key(EmailSort by, Message m, IReadOnlyList<Message> all) => by.Property switch
    {
        EmailSortProperty.ReceivedAt => m.ReceivedAt,
        EmailSortProperty.Size => m.Size,
        EmailSortProperty.SentAt => m.Header.SentAt ?? m.ReceivedAt,
        EmailSortProperty.Subject => m.Header.Subject!.Replace("Re: ", "", StringComparison.Ordinal).ToUpperInvariant()[0],
        EmailSortProperty.From => 0,
        EmailSortProperty.To => 0,
        EmailSortProperty.HasKeyword => m.Keywords.Contains(by.Keyword!),
        EmailSortProperty.AllInThreadHaveKeyword => all.Where(t => t.ThreadId == m.ThreadId).All(t => t.Keywords.Contains(by.Keyword!)),
        _ => all.Any(t => t.ThreadId == m.ThreadId && t.Keywords.Contains(by.Keyword!)),
    };
}

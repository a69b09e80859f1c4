using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary>Reads the filter and the sort of Email/query and SearchSnippet/get. RFC 8621 §4.4.1, §4.4.2.</summary>
static class EmailConditions
{
    /// <summary>No mailbox has this number: what names an id that cannot be matches nothing.</summary>
    const long NoMailbox = -1;

    static readonly Dictionary<string, EmailSortProperty> Sorts = new(StringComparer.Ordinal)
    {
        ["receivedAt"] = EmailSortProperty.ReceivedAt,
        ["size"] = EmailSortProperty.Size,
        ["from"] = EmailSortProperty.From,
        ["to"] = EmailSortProperty.To,
        ["subject"] = EmailSortProperty.Subject,
        ["sentAt"] = EmailSortProperty.SentAt,
        ["hasKeyword"] = EmailSortProperty.HasKeyword,
        ["allInThreadHaveKeyword"] = EmailSortProperty.AllInThreadHaveKeyword,
        ["someInThreadHaveKeyword"] = EmailSortProperty.SomeInThreadHaveKeyword,
    };

    /// <summary>What the session advertises as <c>emailQuerySortOptions</c>.</summary>
    public static IEnumerable<string> SortOptions => Sorts.Keys;

    public static EmailFilter? Filter(JmapFilter? filter, CreatedIds created) => filter switch
    {
        null => null,
        JmapFilter.Condition condition => Condition(condition.Properties, created),
        JmapFilter.Group { Operator: "AND" } and => EmailFilter.And([.. Inner(and, created)]),
        JmapFilter.Group { Operator: "OR" } or => EmailFilter.Or([.. Inner(or, created)]),
        JmapFilter.Group none => EmailFilter.Not([.. Inner(none, created)]),
        _ => throw new ArgumentException("A filter is a condition or a group.", nameof(filter)),
    };

    public static IReadOnlyList<EmailSort> Sort(IReadOnlyList<JmapComparator> comparators) => [.. comparators.Select(comparator =>
    {
        if (!Sorts.TryGetValue(comparator.Property, out var property))
            throw new JmapException("unsupportedSort", $"Emails cannot be sorted by {comparator.Property}.");
        var keyword = comparator.Extra.TextOrNull("keyword");
        if (property >= EmailSortProperty.HasKeyword && string.IsNullOrEmpty(keyword))
            throw JmapException.InvalidArguments($"To sort by {comparator.Property} say which keyword.");
        return new EmailSort(property, comparator.IsAscending, Keyword(keyword));
    })];

    static IEnumerable<EmailFilter> Inner(JmapFilter.Group group, CreatedIds created) => group.Conditions.Select(c => Filter(c, created)!);

    static EmailCondition Condition(JsonObject given, CreatedIds created)
    {
        var condition = new EmailCondition();
        foreach (var (name, value) in given)
        {
            if (value is null) throw JmapException.InvalidArguments($"{name} has a value: leave it out for any.");
            condition = name switch
            {
                "inMailbox" => condition with { InMailbox = Mailbox(given.Text(name), created) },
                "inMailboxOtherThan" => condition with { InMailboxOtherThan = [.. given.TextsOrNull(name)!.Select(id => Mailbox(id, created))] },
                "before" => condition with { Before = given.DateOrNull(name) },
                "after" => condition with { After = given.DateOrNull(name) },
                "minSize" => condition with { MinSize = given.UnsignedOrNull(name) },
                "maxSize" => condition with { MaxSize = given.UnsignedOrNull(name) },
                "allInThreadHaveKeyword" => condition with { AllInThreadHaveKeyword = Keyword(given.Text(name)) },
                "someInThreadHaveKeyword" => condition with { SomeInThreadHaveKeyword = Keyword(given.Text(name)) },
                "noneInThreadHaveKeyword" => condition with { NoneInThreadHaveKeyword = Keyword(given.Text(name)) },
                "hasKeyword" => condition with { HasKeyword = Keyword(given.Text(name)) },
                "notKeyword" => condition with { NotKeyword = Keyword(given.Text(name)) },
                "hasAttachment" => condition with { HasAttachment = given.Flag(name) },
                "text" => condition with { Text = given.Text(name) },
                "from" => condition with { From = given.Text(name) },
                "to" => condition with { To = given.Text(name) },
                "cc" => condition with { Cc = given.Text(name) },
                "bcc" => condition with { Bcc = given.Text(name) },
                "subject" => condition with { Subject = given.Text(name) },
                "body" => condition with { Body = given.Text(name) },
                "header" => condition with { Header = Header(given.TextsOrNull(name)!) },
                _ => throw new JmapException("unsupportedFilter", $"There is no filter by {name}."),
            };
        }

        return condition;
    }

    static HeaderCondition Header(IReadOnlyList<string> given) => given switch
    {
        [{ Length: > 0 } name] => new HeaderCondition(name, null),
        [{ Length: > 0 } name, var value] => new HeaderCondition(name, value),
        _ => throw JmapException.InvalidArguments("header is the name of a field, and perhaps a text to look for in it."),
    };

    static long Mailbox(string id, CreatedIds created) => WireId.Mailbox.Resolve(id, created) ?? NoMailbox;

    /// <summary>Keywords are kept in lower case.</summary>
    static string? Keyword(string? keyword) => keyword?.ToLowerInvariant();
}

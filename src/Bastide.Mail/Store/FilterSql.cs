using System.Globalization;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;
using Bastide.Platform.Search;

namespace Bastide.Mail.Store;

/// <summary>
/// Writes a filter and a sort as SQL. Rows come from a mailbox alone where that is enough (its table holds what lists are
/// filtered and sorted by), otherwise from the messages. What SQL cannot say (see <see cref="FilterResolver"/>) was looked up before.
/// </summary>
sealed class FilterSql
{
    // Where SQLite is given the very ids, it is kept from walking the mailbox or the account instead: it has no figures to
    // tell it which are fewer.
    const string Given = "{given}";

    readonly AccountId _account;
    readonly MailRights _rights;
    readonly SearchIndex _search;
    readonly IReadOnlyDictionary<EmailCondition, long[]> _resolved;
    readonly List<object?> _args = [];
    readonly List<string> _where = [];
    readonly long? _mailbox;
    readonly string _id;
    readonly string _thread;
    readonly string _received;
    readonly string _flags;
    SearchQuery? _text;
    string? _searched;
    bool _needsMessages;

    /// <summary>Writes the filter. <paramref name="resolved"/> says for conditions SQL cannot express which messages fulfil those.</summary>
    public FilterSql(AccountId account, MailRights rights, SearchIndex search, EmailFilter? filter, IReadOnlyDictionary<EmailCondition, long[]> resolved)
    {
        (_account, _rights, _search, _resolved) = (account, rights, search, resolved);
        var all = Conjuncts(filter).ToList();
        _mailbox = all.OfType<EmailCondition>().FirstOrDefault(condition => condition.InMailbox is not null)?.InMailbox;
        (_id, _thread, _received, _flags) = _mailbox is null
            ? ("m.id", "m.thread_id", "m.received_at", "m.flags")
            : ("mm.message_id", "mm.thread_id", "mm.received_at", "mm.flags");
        if (_mailbox is { } mailbox)
        {
            // A mailbox of another account is none of this one's.
            _where.Add($"{Given}mm.mailbox_id = (SELECT b.id FROM mailboxes b WHERE b.id = {Arg(mailbox)} AND b.account_id = {Arg(account)})");
            if (!rights.May(Rights.Read, mailbox)) _where.Add("1 = 0");
        }

        // The messages found by text come first where they must all fulfil it: they are few beside the others.
        foreach (var part in all)
            if (part is EmailCondition condition) _where.AddRange(Condition(condition, isTop: true));
            else _where.Add(Write(part));
        if (_mailbox is null) _where.Add($"{Given}m.account_id = {Arg(account)}");
        if (!rights.SeesAll && _mailbox is null)
            _where.Add($"EXISTS (SELECT 1 FROM message_mailboxes v WHERE v.message_id = {_id} AND v.mailbox_id {{any {Arg(rights.Readable)}}})");
    }

    /// <summary>Whether a text must be in all of them.</summary>
    public bool IsSearch => _searched is not null;

    /// <summary>Those of the messages that have the text searched for. Only when <see cref="IsSearch"/>.</summary>
    public ValueTask<IReadOnlySet<long>> HaveText(ReadScope scope, IReadOnlyCollection<long> ids) => _search.Among(scope, _account, MailTypes.Email, _text!, ids);

    /// <summary>The arguments of the statement.</summary>
    public object?[] Args => [.. _args];

    /// <summary>A page of all that match (but for the text, of a search) by when they came, from a position on: its own arguments come last.</summary>
    public (string Sql, object?[] Args) Page(bool isAscending, long receivedAt, long id, int limit)
    {
        var args = new List<object?>(_args);
        var (after, order) = isAscending ? (">", "ASC") : ("<", "DESC");
        string Next(object value)
        {
            args.Add(value);
            return string.Create(CultureInfo.InvariantCulture, $"${args.Count}");
        }

        var sql = $"SELECT {_id}, {_thread}, {_received} FROM {Source} WHERE {Where} AND ({_received}, {_id}) {after} ({Next(receivedAt)}, {Next(id)}) ORDER BY {_received} {order}, {_id} {order} LIMIT {Next(limit)}";
        return (sql, [.. args]);
    }

    /// <summary>All that match, in order, up to a bound.</summary>
    public (string Sql, object?[] Args) All(IReadOnlyList<EmailSort> sort, int limit)
    {
        var own = _args.Count;
        var order = sort.Select(by => $"{Key(by)} {(by.IsAscending ? "ASC" : "DESC")}").ToList();
        var last = sort.Count > 0 && sort[0].IsAscending ? "ASC" : "DESC";
        if (sort.Count == 0) order.Add($"{_received} DESC");
        var bound = Arg((long)limit);
        return ($"SELECT {_id}, {_thread} FROM {From} WHERE {Where} ORDER BY {string.Join(", ", order)}, {_id} {last} LIMIT {bound}", TakeArgs(own));
    }

    /// <summary>How many messages, or threads, match.</summary>
    public (string Sql, object?[] Args) Count(bool threads) => ($"SELECT {(threads ? $"COUNT(DISTINCT {_thread})" : "COUNT(*)")} FROM {From} WHERE {Where}", Args);

    /// <summary>Which of these messages match.</summary>
    public (string Sql, object?[] Args) Among(long[] ids)
    {
        var own = _args.Count;
        var any = $"{{any {Arg(ids)}}}";
        return ($"SELECT {_id}, {_thread} FROM {From} WHERE {WhereWith("{sqlite:+}")} AND {_id} {any} LIMIT 100000", TakeArgs(own));
    }

    /// <summary>The conditions that must all hold.</summary>
    public static IEnumerable<EmailFilter> Conjuncts(EmailFilter? filter) => filter switch
    {
        null => [],
        EmailFilterGroup { Operator: EmailFilterOperator.And } group => group.Filters.SelectMany(Conjuncts),
        _ => [filter],
    };

    // Where the rows come from but for the search.
    string Source => _mailbox is null ? "messages m" : _needsMessages ? "message_mailboxes mm JOIN messages m ON m.id = mm.message_id" : "message_mailboxes mm";

    string From => (_searched, _mailbox) switch
    {
        (null, _) => Source,
        (_, null) => $"({_searched}) s {{sqlite:CROSS}} JOIN messages m ON m.id = s.item_id",
        _ => $"({_searched}) s {{sqlite:CROSS}} JOIN messages m ON m.id = s.item_id JOIN message_mailboxes mm ON mm.message_id = m.id",
    };

    string Where => WhereWith("");

    string WhereWith(string given) => _where.Count == 0 ? "1 = 1" : string.Join(" AND ", _where).Replace(Given, given, StringComparison.Ordinal);

    string Write(EmailFilter filter) => filter switch
    {
        EmailCondition condition => All(Condition(condition, isTop: false)),
        EmailFilterGroup { Operator: EmailFilterOperator.And } group => All(group.Filters.Select(Write)),
        EmailFilterGroup { Operator: EmailFilterOperator.Or } group => Any(group.Filters.Select(Write)),
        EmailFilterGroup group => $"NOT {Any(group.Filters.Select(Write))}",
        _ => "1 = 1",
    };

    IEnumerable<string> Condition(EmailCondition c, bool isTop)
    {
        if (c.InMailbox is { } mailbox && !(isTop && mailbox == _mailbox)) yield return InMailbox(mailbox);
        if (c.InMailboxOtherThan is { } others) yield return InMailboxOtherThan(others);
        if (c.Before is { } before) yield return $"{_received} < {Arg(before)}";
        if (c.After is { } after) yield return $"{_received} >= {Arg(after)}";
        if (c.MinSize is { } min) yield return $"{Message("size")} >= {Arg(min)}";
        if (c.MaxSize is { } max) yield return $"{Message("size")} < {Arg(max)}";
        if (c.HasAttachment is { } attachment) yield return $"{Message("has_attachment")} = {Arg(attachment)}";
        if (c.HasKeyword is { } has) yield return Has(has, _id, _flags);
        if (c.NotKeyword is { } not) yield return $"NOT {Has(not, _id, _flags)}";
        if (c.AllInThreadHaveKeyword is { } all) yield return AllInThread(all);
        if (c.SomeInThreadHaveKeyword is { } some) yield return SomeInThread(some);
        if (c.NoneInThreadHaveKeyword is { } none) yield return $"NOT {SomeInThread(none)}";
        if (Text(c) is { } text)
        {
            if (isTop && _text is null) (_text, _searched) = (text, Search(text));
            else yield return $"{_id} IN ({Search(text)})";
        }

        if (_resolved.TryGetValue(c, out var ids)) yield return $"{_id} {{any {Arg(ids)}}}";
    }

    static SearchQuery? Text(EmailCondition c)
    {
        var queries = new List<SearchQuery>();
        if (c.Text is not null) queries.Add(SearchQuery.Words(c.Text));
        if (c.From is not null) queries.Add(SearchQuery.Words(c.From, SearchField.Sender));
        if (c.Subject is not null) queries.Add(SearchQuery.Words(c.Subject, SearchField.Title));
        if (c.Body is not null) queries.Add(SearchQuery.Words(c.Body, SearchField.Body));
        return queries.Count == 0 ? null : SearchQuery.And([.. queries]);
    }

    string Search(SearchQuery query)
    {
        var clause = _search.MatchClause(_account, MailTypes.Email, query, _args.Count + 1);
        _args.Add(clause.Arg);
        return clause.Sql;
    }

    string InMailbox(long mailbox) => _rights.May(Rights.Read, mailbox)
        ? $"EXISTS (SELECT 1 FROM message_mailboxes x WHERE x.message_id = {_id} AND x.mailbox_id = {Arg(mailbox)})"
        : "1 = 0";

    string InMailboxOtherThan(IReadOnlyList<long> others)
    {
        var readable = _rights.SeesAll ? "" : $" AND x.mailbox_id {{any {Arg(_rights.Readable)}}}";
        return $"EXISTS (SELECT 1 FROM message_mailboxes x WHERE x.message_id = {_id} AND NOT (x.mailbox_id {{any {Arg(others.ToArray())}}}){readable})";
    }

    string AllInThread(string keyword) => $"NOT EXISTS (SELECT 1 FROM messages t WHERE t.thread_id = {_thread} AND NOT {Has(keyword, "t.id", "t.flags")})";

    string SomeInThread(string keyword) => $"EXISTS (SELECT 1 FROM messages t WHERE t.thread_id = {_thread} AND {Has(keyword, "t.id", "t.flags")})";

    string Has(string keyword, string id, string flags)
    {
        var name = Keywords.Normalize(keyword);
        var flag = Keywords.FlagOf(name);
        return flag != MessageFlags.None
            ? string.Create(CultureInfo.InvariantCulture, $"({flags} & {(long)flag} <> 0)")
            : $"EXISTS (SELECT 1 FROM message_keywords k WHERE k.message_id = {id} AND k.keyword = {Arg(name)})";
    }

    string Key(EmailSort by) => by.Property switch
    {
        EmailSortProperty.ReceivedAt => _received,
        EmailSortProperty.Size => Message("size"),
        EmailSortProperty.From => Message("sort_from"),
        EmailSortProperty.To => Message("sort_to"),
        EmailSortProperty.Subject => Message("sort_subject"),
        EmailSortProperty.SentAt => $"COALESCE({Message("sent_at")}, {_received})",
        EmailSortProperty.HasKeyword => $"CASE WHEN {Has(by.Keyword ?? "", _id, _flags)} THEN 1 ELSE 0 END",
        EmailSortProperty.AllInThreadHaveKeyword => $"CASE WHEN {AllInThread(by.Keyword ?? "")} THEN 1 ELSE 0 END",
        _ => $"CASE WHEN {SomeInThread(by.Keyword ?? "")} THEN 1 ELSE 0 END",
    };

    string Message(string column)
    {
        _needsMessages = true;
        return "m." + column;
    }

    string Arg(object? value)
    {
        _args.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"${_args.Count}");
    }

    /// <summary>The arguments of one statement; those after the filter's own are forgotten, because the next statement has others.</summary>
    object?[] TakeArgs(int own)
    {
        var args = Args;
        _args.RemoveRange(own, _args.Count - own);
        return args;
    }

    static string All(IEnumerable<string> parts) => parts.ToList() is { Count: > 0 } list ? $"({string.Join(" AND ", list)})" : "(1 = 1)";

    static string Any(IEnumerable<string> parts) => parts.ToList() is { Count: > 0 } list ? $"({string.Join(" OR ", list)})" : "(1 = 0)";
}

namespace Bastide.Mail;

/// <summary>Which messages a query is about: conditions and their combinations (RFC 8620 §5.5).</summary>
public abstract record EmailFilter
{
    private protected EmailFilter()
    {
    }

    /// <summary>What fulfils all of them.</summary>
    public static EmailFilter And(params IReadOnlyList<EmailFilter> filters) => new EmailFilterGroup(EmailFilterOperator.And, filters);

    /// <summary>What fulfils any of them.</summary>
    public static EmailFilter Or(params IReadOnlyList<EmailFilter> filters) => new EmailFilterGroup(EmailFilterOperator.Or, filters);

    /// <summary>What fulfils none of them.</summary>
    public static EmailFilter Not(params IReadOnlyList<EmailFilter> filters) => new EmailFilterGroup(EmailFilterOperator.Not, filters);
}

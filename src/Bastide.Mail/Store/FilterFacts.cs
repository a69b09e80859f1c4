namespace Bastide.Mail.Store;

/// <summary>What a filter asks of the store, over all its conditions.</summary>
static class FilterFacts
{
    /// <summary>Every condition, at whatever depth.</summary>
    public static IEnumerable<EmailCondition> Conditions(EmailFilter? filter) => filter switch
    {
        EmailCondition condition => [condition],
        EmailFilterGroup group => group.Filters.SelectMany(Conditions),
        _ => [],
    };

    /// <summary>Whether it asks for text: the index follows the messages, so that changes to the results cannot be told from theirs.</summary>
    public static bool AsksForText(EmailFilter? filter) => Conditions(filter).Any(c =>
        c.Text is not null || c.From is not null || c.Subject is not null || c.Body is not null || AsksForRecipient(c));

    /// <summary>Whether it asks for one field of recipients; the index does not tell them apart.</summary>
    public static bool AsksForRecipient(EmailCondition c) => c.To is not null || c.Cc is not null || c.Bcc is not null;

    /// <summary>Whether whether a message matches depends on others of its thread.</summary>
    public static bool AsksForThread(EmailFilter? filter) => Conditions(filter).Any(c =>
        c.AllInThreadHaveKeyword is not null || c.SomeInThreadHaveKeyword is not null || c.NoneInThreadHaveKeyword is not null);

    /// <summary>The mailbox, when nothing else is asked.</summary>
    public static long? OnlyMailbox(EmailFilter? filter)
    {
        var conditions = FilterSql.Conjuncts(filter).ToList();
        return conditions is [EmailCondition { InMailbox: { } mailbox } only] && only == new EmailCondition { InMailbox = mailbox } ? mailbox : null;
    }
}

using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Mail.Store;

/// <summary>What a caller may do with the mailboxes of an account: by a grant on the whole, on single mailboxes, or both.</summary>
sealed class MailRights(Rights whole, IReadOnlyDictionary<long, Rights> mailboxes)
{
    /// <summary>The scope a credential needs for mail.</summary>
    public const string Scope = "mail";

    static readonly Dictionary<long, Rights> NoMailboxes = [];

    /// <summary>What delivery and import may do.</summary>
    public static MailRights Everything { get; } = new(Rights.Owner, NoMailboxes);

    /// <summary>What holds for every mailbox.</summary>
    public Rights Whole => whole;

    /// <summary>Whether every mailbox may be read.</summary>
    public bool SeesAll => whole.HasFlag(Rights.Read);

    /// <summary>Whether no mailbox may be read.</summary>
    public bool SeesNothing => !SeesAll && Readable.Length == 0;

    /// <summary>The mailboxes that may be read because of a grant on them alone.</summary>
    public long[] Readable { get; } = [.. mailboxes.Where(grant => grant.Value.HasFlag(Rights.Read)).Select(grant => grant.Key)];

    /// <summary>Looks them up, in the scope of the operation.</summary>
    public static async ValueTask<MailRights> Of(ReadScope scope, Caller caller, AccountId account)
    {
        if (!caller.May(Scope)) return new MailRights(Rights.None, NoMailboxes);
        var whole = await Access.On(scope, caller, account);
        if (whole == Rights.Owner) return Everything;
        return new MailRights(whole, await Access.OnCollections(scope, caller, account, MailTypes.Mailbox));
    }

    /// <summary>What may be done with one mailbox.</summary>
    public Rights On(long mailbox) => whole | mailboxes.GetValueOrDefault(mailbox);

    /// <summary>Whether this may be done with the mailbox.</summary>
    public bool May(Rights right, long mailbox) => On(mailbox).HasFlag(right);

    /// <summary>Why something was refused: who may not know of a mailbox is not told that it is there (RFC 4314 §6).</summary>
    public MailError Refuse(long mailbox, string description) => May(Rights.Lookup, mailbox) ? MailError.Forbidden(description) : MailError.NotFound;

    /// <summary>Whether something in these mailboxes is visible.</summary>
    public bool Sees(IEnumerable<long> mailboxes) => SeesAll || mailboxes.Any(mailbox => May(Rights.Read, mailbox));
}

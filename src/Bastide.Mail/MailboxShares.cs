using Bastide.Abstractions.Identity;
using Bastide.Mail.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Mail;

/// <summary>Who may do what with single mailboxes (RFC 4314): the grants that every protocol obeys.</summary>
public sealed class MailboxShares(Database database, IDirectory directory)
{
    /// <summary>The most grants of an account on its mailboxes.</summary>
    public const int Most = 2000;

    /// <summary>Everybody who may do something with the mailbox, for those who may manage it.</summary>
    public async ValueTask<(IReadOnlyList<MailboxShare> Shares, MailError? Refused)> Get(Caller caller, AccountId account, long mailbox, CancellationToken cancellation)
    {
        var (grants, refused) = await database.Read<(List<Grant>, MailError?)>(async scope =>
            await CheckMayManage(scope, caller, account, mailbox) is { } error ? ([], error) : (await Access.Grants(scope, account), null), cancellation);
        if (refused is not null) return ([], refused);
        var rights = new Dictionary<AccountId, Rights> { [account] = Rights.Owner };
        foreach (var grant in grants.Where(grant => grant.Collection is null || IsOn(grant, mailbox)))
            rights[grant.Grantee] = rights.GetValueOrDefault(grant.Grantee) | grant.Rights;
        var entries = await directory.Find(rights.Keys, cancellation);
        return ([.. entries.Where(entry => entry.Kind == AccountKind.User).OrderBy(entry => entry.Address, StringComparer.Ordinal).Select(entry => new MailboxShare(entry.Account, entry.Address, rights[entry.Account]))], null);
    }

    /// <summary>What a person may do with every mailbox of the account, whatever is said of a single one.</summary>
    public ValueTask<Rights> Whole(AccountId account, AccountId person, CancellationToken cancellation) =>
        database.Read(async scope => WholeOf(await Access.Grants(scope, account), account, person), cancellation);

    /// <summary>
    /// Changes what a person may do with the mailbox; <see cref="Rights.None"/> takes everything away. What they may do with
    /// the whole account, as members of a team do, is not changed here. Answers why it was refused.
    /// </summary>
    public Task<MailError?> Set(Caller caller, AccountId account, long mailbox, AccountId person, Func<Rights, Rights> change, CancellationToken cancellation) =>
        database.Write(async scope =>
        {
            if (await CheckMayManage(scope, caller, account, mailbox) is { } error) return error;
            var grants = await Access.Grants(scope, account);
            var whole = WholeOf(grants, account, person);
            var own = grants.Find(grant => grant.Grantee == person && IsOn(grant, mailbox))?.Rights ?? Rights.None;
            var after = change(whole | own);
            if ((after & whole) != whole)
            {
                return MailError.Invalid("rights", person == account
                    ? "A mailbox stays its owner's: nothing can be taken away from them."
                    : "This person has rights on the whole account, by their role: change the role.");
            }

            var given = after == whole ? Rights.None : after;
            if (given == own) return null;
            if (own == Rights.None && grants.Count(grant => grant.Collection?.Type == MailTypes.Mailbox) >= Most)
                return new MailError(MailFailure.TooManyItems, $"Mailboxes may be shared {Most} times at most: take some back first.");
            await Access.Give(scope, new Grant(account, new CollectionRef(MailTypes.Mailbox, mailbox), person, given));
            // Sessions that have it open look again what they may do.
            await MailboxTable.Update(scope, (await MailboxTable.Find(scope, account, mailbox))!, await scope.Advance(account, MailTypes.Mailbox));
            return null;
        }, cancellation);

    static Rights WholeOf(List<Grant> grants, AccountId account, AccountId person) =>
        person == account ? Rights.Owner : grants.Find(grant => grant.Grantee == person && grant.Collection is null)?.Rights ?? Rights.None;

    static bool IsOn(Grant grant, long mailbox) => grant.Collection is { } collection && collection.Type == MailTypes.Mailbox && collection.Id == mailbox;

    static async ValueTask<MailError?> CheckMayManage(ReadScope scope, Caller caller, AccountId account, long mailbox)
    {
        var rights = await MailRights.Of(scope, caller, account);
        if (await MailboxTable.Find(scope, account, mailbox) is null || rights.On(mailbox) == Rights.None) return MailError.NotFound;
        return rights.May(Rights.Manage, mailbox) ? null : rights.Refuse(mailbox, "You may not see or change who may use this mailbox.");
    }
}

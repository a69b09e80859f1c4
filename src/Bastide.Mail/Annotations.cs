using Bastide.Mail.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Protocols.Imap;

namespace Bastide.Mail;

/// <summary>
/// Annotations of mailboxes, each person's own and everybody's, and those of an account (mailbox 0), which are its person's
/// own (RFC 5464 §3.3).
/// </summary>
sealed class Annotations(Database database)
{
    /// <summary>The longest value, in octets.</summary>
    public const int LongestValue = 64 * 1024;

    /// <summary>The most annotations of a mailbox: everybody's, and each person's own.</summary>
    public const int Most = 100;

    /// <summary>The annotations of a mailbox, without their values; null where there is no such mailbox for the caller.</summary>
    public ValueTask<List<Annotation>?> Names(Caller caller, AccountId account, long mailbox, CancellationToken cancellation) =>
        database.Read(async scope => await CheckMayRead(scope, caller, account, mailbox) ? await AnnotationTable.Names(scope, account, mailbox, caller.Person) : null, cancellation);

    /// <summary>These annotations with their values; of a mailbox that the caller may not see, none.</summary>
    public ValueTask<List<Annotation>> Get(Caller caller, AccountId account, long mailbox, IReadOnlyCollection<string> entries, CancellationToken cancellation) =>
        database.Read(async scope => await CheckMayRead(scope, caller, account, mailbox) ? await AnnotationTable.Values(scope, account, mailbox, caller.Person, entries) : [], cancellation);

    /// <summary>These annotations with their values, of every mailbox of the account that the caller may see.</summary>
    public ValueTask<List<Annotation>> GetAll(Caller caller, AccountId account, IReadOnlyCollection<string> entries, CancellationToken cancellation) =>
        database.Read(async scope =>
        {
            var rights = await MailRights.Of(scope, caller, account);
            return (await AnnotationTable.ValuesOfAll(scope, account, caller.Person, entries)).FindAll(each => MayRead(rights.On(each.Mailbox)));
        }, cancellation);

    /// <summary>The names of annotations that changed or went after <paramref name="since"/>, and the present position.</summary>
    public ValueTask<(List<Annotation> Changed, Sequence State)> Since(Caller caller, AccountId account, Sequence since, CancellationToken cancellation) =>
        database.Read(async scope =>
        {
            var state = await AccountTable.State(scope, account, MailTypes.MailboxAnnotation);
            return (state > since ? await AnnotationTable.Since(scope, account, caller.Person, since) : [], state);
        }, cancellation);

    /// <summary>Sets annotations, all or none; null takes one away. Answers why it was refused.</summary>
    public Task<MailError?> Set(Caller caller, AccountId account, long mailbox, IReadOnlyList<(MetadataEntry Entry, byte[]? Value)> values, CancellationToken cancellation) =>
        database.Write(async scope =>
        {
            var isShared = values.Any(value => !value.Entry.IsPrivate);
            if (mailbox == 0)
            {
                if (caller.Person != account) return MailError.NotFound;
                if (isShared) return MailError.Forbidden("What everybody sees of the server is not yours to change.");
            }
            else
            {
                if (await MailboxTable.Find(scope, account, mailbox) is null) return MailError.NotFound;
                var rights = await MailRights.Of(scope, caller, account);
                if (!MayRead(rights.On(mailbox))) return rights.Refuse(mailbox, "You may not read this mailbox.");
                if (isShared && !rights.May(Rights.Write, mailbox)) return MailError.Forbidden("You may not change what everybody sees of this mailbox.");
            }

            if (values.Any(value => value.Value?.Length > LongestValue)) return new MailError(MailFailure.TooLarge, "The value is too long.");
            var names = await AnnotationTable.Names(scope, account, mailbox, caller.Person);
            var after = names.Select(name => name.Entry).Except(values.Select(value => value.Entry.Name)).Concat(values.Where(value => value.Value is not null).Select(value => value.Entry.Name)).Distinct();
            if (after.GroupBy(name => new MetadataEntry(name).IsPrivate).Any(group => group.Count() > Most)) return new MailError(MailFailure.TooManyItems, "The mailbox has as many annotations as it may have.");
            var seq = await scope.Advance(account, MailTypes.MailboxAnnotation);
            await AnnotationTable.Keep(scope, account, mailbox, caller.Person, values, seq);
            return null;
        }, cancellation);

    /// <summary>RFC 5464 §3.3: who may look up a mailbox and do something with it.</summary>
    static bool MayRead(Rights rights) => rights.HasFlag(Rights.Lookup) && (rights & (Rights.Read | Rights.Write | Rights.Submit)) != Rights.None;

    static async ValueTask<bool> CheckMayRead(ReadScope scope, Caller caller, AccountId account, long mailbox) =>
        mailbox == 0
            ? caller.Person == account
            : await MailboxTable.Find(scope, account, mailbox) is not null && MayRead((await MailRights.Of(scope, caller, account)).On(mailbox));
}

using Bastide.Abstractions.Identity;
using Bastide.Mail.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail;

/// <summary>Who the messages of an account may come from (RFC 8621 §6): addresses the directory knows as the account's.</summary>
public sealed class Identities(Database database, IDirectory directory)
{
    /// <summary>The most identities an account may have.</summary>
    public const int Most = 100;

    /// <summary>The longest signature, in characters.</summary>
    public const int MaxSignature = 64 * 1024;

    const int MostAddresses = 50;
    const int LongestName = 1000;

    /// <summary>Those of the identities, all when <paramref name="ids"/> is null; none for who may not submit.</summary>
    public ValueTask<(IReadOnlyList<Identity> Found, Sequence State)> Get(Caller caller, AccountId account, IReadOnlyList<long>? ids, CancellationToken cancellation) =>
        database.Read<(IReadOnlyList<Identity>, Sequence)>(async scope =>
        {
            var state = await AccountTable.State(scope, account, MailTypes.Identity);
            if (!await MaySubmit(scope, caller, account)) return ([], state);
            var all = await IdentityTable.All(scope, account);
            return (ids is null ? all : [.. ids.Distinct().Select(id => all.Find(identity => identity.Id == id)).OfType<Identity>()], state);
        }, cancellation);

    /// <summary>What changed since (RFC 8621 §6.2); null when it cannot be told any more.</summary>
    public ValueTask<ItemChanges?> Changes(Caller caller, AccountId account, Sequence since, int limit, CancellationToken cancellation) =>
        database.Read(async scope => await MaySubmit(scope, caller, account) ? await IdentityTable.Items.Since(scope, account, since, limit) : null, cancellation);

    /// <summary>Makes, changes and destroys identities in one transaction (RFC 8621 §6.3).</summary>
    public async Task<SetOutcome<Identity, MailError>> Set(Caller caller, AccountId account, IdentitySet set, CancellationToken cancellation)
    {
        // The directory is asked before the transaction, which awaits nothing but its scope.
        var entry = set.Create.Count == 0 ? null : await directory.Find(account, cancellation);
        return await database.Write(async scope =>
        {
            var before = await AccountTable.State(scope, account, MailTypes.Identity);
            if (!await MaySubmit(scope, caller, account)) return new SetOutcome<Identity, MailError>(before, before) { Refused = MailError.Forbidden("You may not send in the name of this account.") };
            if (set.IfInState is { } expected && expected != before) return new SetOutcome<Identity, MailError>(before, before) { Refused = MailError.StateMismatch };
            var run = new Run(scope, account, entry, (await IdentityTable.All(scope, account)).ToDictionary(identity => identity.Id));
            var outcome = await run.Apply(set, before);
            return outcome with { NewState = await AccountTable.State(scope, account, MailTypes.Identity) };
        }, cancellation);
    }

    /// <summary>Makes the identity every account begins with, in the transaction that makes the account.</summary>
    internal static async ValueTask CreateFirst(WriteScope scope, AccountId account, string name, string address)
    {
        var seq = await scope.Advance(account, MailTypes.Identity);
        await IdentityTable.Create(scope, account, new Identity { Id = 0, Name = name, Email = address, MayDelete = false }, seq);
    }

    static async ValueTask<bool> MaySubmit(ReadScope scope, Caller caller, AccountId account) =>
        (await MailRights.Of(scope, caller, account)).Whole.HasFlag(Rights.Submit);

    sealed class Run(WriteScope scope, AccountId account, DirectoryEntry? entry, Dictionary<long, Identity> identities)
    {
        readonly Dictionary<string, Identity> _created = [];
        readonly Dictionary<string, MailError> _notCreated = [];
        readonly List<long> _updated = [];
        readonly Dictionary<long, MailError> _notUpdated = [];
        readonly List<long> _destroyed = [];
        readonly Dictionary<long, MailError> _notDestroyed = [];

        public async ValueTask<SetOutcome<Identity, MailError>> Apply(IdentitySet set, Sequence before)
        {
            foreach (var (name, create) in set.Create) await Create(name, create);
            foreach (var (id, update) in set.Update) await Update(id, update);
            foreach (var id in set.Destroy.Distinct()) await Destroy(id);
            return new SetOutcome<Identity, MailError>(before, before)
            {
                Created = _created,
                NotCreated = _notCreated,
                Updated = _updated,
                NotUpdated = _notUpdated,
                Destroyed = _destroyed,
                NotDestroyed = _notDestroyed,
            };
        }

        async ValueTask Create(string name, IdentityCreate create)
        {
            var identity = new Identity
            {
                Id = 0,
                Name = create.Name,
                Email = create.Email,
                ReplyTo = create.ReplyTo,
                Bcc = create.Bcc,
                TextSignature = create.TextSignature,
                HtmlSignature = create.HtmlSignature,
            };
            if ((CheckAddress(create.Email) ?? Check(identity) ?? CheckNumber()) is { } error)
            {
                _notCreated[name] = error;
                return;
            }

            var seq = await scope.Advance(account, MailTypes.Identity);
            var id = await IdentityTable.Create(scope, account, identity, seq);
            _created[name] = identities[id] = identity with { Id = id, CreatedSeq = seq, ChangedSeq = seq };
        }

        async ValueTask Update(long id, IdentityUpdate update)
        {
            if (!identities.TryGetValue(id, out var identity))
            {
                _notUpdated[id] = MailError.NotFound;
                return;
            }

            var changed = identity with
            {
                Name = update.Name ?? identity.Name,
                ReplyTo = update.ReplyTo.Or(identity.ReplyTo),
                Bcc = update.Bcc.Or(identity.Bcc),
                TextSignature = update.TextSignature ?? identity.TextSignature,
                HtmlSignature = update.HtmlSignature ?? identity.HtmlSignature,
            };
            if (Check(changed) is { } error)
            {
                _notUpdated[id] = error;
                return;
            }

            identities[id] = changed;
            await IdentityTable.Update(scope, changed, await scope.Advance(account, MailTypes.Identity));
            _updated.Add(id);
        }

        async ValueTask Destroy(long id)
        {
            if (!identities.TryGetValue(id, out var identity)) _notDestroyed[id] = MailError.NotFound;
            else if (!identity.MayDelete) _notDestroyed[id] = MailError.Forbidden("An account keeps the identity it began with.");
            else
            {
                var seq = await scope.Advance(account, MailTypes.Identity);
                await Tombstones.Bury(scope, account, MailTypes.Identity, seq, [(id, identity.CreatedSeq)]);
                await IdentityTable.Delete(scope, id);
                identities.Remove(id);
                _destroyed.Add(id);
            }
        }

        MailError? CheckAddress(string email) =>
            entry is not null && entry.Aliases.Append(entry.Address).Contains(email, StringComparer.OrdinalIgnoreCase)
                ? null
                : new MailError(MailFailure.ForbiddenFrom, "The address is none of this account's: ask the administrator for an alias.", ["email"]);

        MailError? CheckNumber() => identities.Count < Most ? null : new MailError(MailFailure.TooManyItems, $"An account may have {Most} identities at most.");

        static MailError? Check(Identity identity)
        {
            if (identity.Name.Length > LongestName || identity.Name.Any(char.IsControl)) return MailError.Invalid("name", "A name is one line of 1000 characters at most.");
            if (identity.TextSignature.Length > MaxSignature || identity.TextSignature.Contains('\0')) return MailError.Invalid("textSignature", $"A signature has {MaxSignature} characters at most.");
            if (identity.HtmlSignature.Length > MaxSignature || identity.HtmlSignature.Contains('\0')) return MailError.Invalid("htmlSignature", $"A signature has {MaxSignature} characters at most.");
            if (!AreAddresses(identity.ReplyTo)) return MailError.Invalid("replyTo", "Each address is local@domain.");
            return AreAddresses(identity.Bcc) ? null : MailError.Invalid("bcc", "Each address is local@domain.");
        }

        static bool AreAddresses(IReadOnlyList<MailAddress>? addresses) =>
            addresses is null || (addresses.Count <= MostAddresses && addresses.All(address =>
                address.Email.IndexOf('@') is > 0 and var at && at < address.Email.Length - 1 && !address.Email.Any(char.IsControl) && !(address.Name ?? "").Any(char.IsControl)));
    }
}

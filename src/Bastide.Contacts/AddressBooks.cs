using System.Text.Json.Nodes;
using Bastide.Abstractions.Identity;
using Bastide.Contacts.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Protocols.Jmap;

namespace Bastide.Contacts;

/// <summary>The operations on address books (RFC 9610 §2): they ask who may, own the transaction and move the change sequence.</summary>
public sealed class AddressBooks(Database database, IShareNotices notices)
{
    /// <summary>The most address books an account may have.</summary>
    public const int Most = 500;

    /// <summary>The most people an address book may be shared with.</summary>
    public const int MostShares = 500;

    /// <summary>The longest name, in UTF-8 octets.</summary>
    public const int MaxNameOctets = 255;

    /// <summary>The longest description, in characters.</summary>
    public const int MaxDescription = 4000;

    const int RemovedAtOnce = 500;

    /// <summary>Those of the address books that the caller may see, all when <paramref name="ids"/> is null, and the state they are of.</summary>
    public ValueTask<(IReadOnlyList<AddressBook> Found, Sequence State)> Get(Caller caller, AccountId account, IReadOnlyList<long>? ids, CancellationToken cancellation) =>
        database.Snapshot<(IReadOnlyList<AddressBook>, Sequence)>(async scope =>
        {
            var state = await AccountTable.State(scope, account, ContactTypes.AddressBook);
            var rights = await ContactRights.Of(scope, caller, account);
            var visible = (await AddressBookTable.All(scope, account)).Where(book => rights.On(book.Id) != Rights.None).ToDictionary(book => book.Id);
            var shown = await Show(scope, caller, account, rights, visible.Values);
            var wanted = ids is null ? shown.Keys : ids.Distinct().Where(shown.ContainsKey);
            return ([.. wanted.Select(id => shown[id])], state);
        }, cancellation);

    /// <summary>The address book that DAV knows by a name, or null where the caller sees none.</summary>
    public async ValueTask<AddressBook?> Find(Caller caller, AccountId account, string resource, CancellationToken cancellation) =>
        (await Get(caller, account, null, cancellation)).Found.FirstOrDefault(book => book.Resource == resource);

    /// <summary>Those of the accounts that let the caller see an address book, with what the caller may do in the whole of each.</summary>
    public ValueTask<IReadOnlyDictionary<AccountId, Rights>> Seen(Caller caller, IReadOnlyCollection<AccountId> accounts, CancellationToken cancellation) =>
        database.Read<IReadOnlyDictionary<AccountId, Rights>>(async scope =>
        {
            var seen = new Dictionary<AccountId, Rights>();
            foreach (var account in accounts)
                if (await ContactRights.Of(scope, caller, account) is { SeesNothing: false } rights)
                    seen[account] = rights.Whole;
            return seen;
        }, cancellation);

    /// <summary>The organisation's directory and the account it is of; null where there is none for the caller.</summary>
    public async ValueTask<(AccountId Account, AddressBook Book)?> Directory(Caller caller, CancellationToken cancellation)
    {
        if (await database.Read(DirectoryTable.Account, cancellation) is not { } account) return null;
        return (await Get(caller, account, null, cancellation)).Found is [var book, ..] ? (account, book) : null;
    }

    /// <summary>The grants on an address book and on its account whole; null where the caller may not know them.</summary>
    public ValueTask<IReadOnlyList<Grant>?> Grants(Caller caller, AccountId account, long book, CancellationToken cancellation) =>
        database.Read<IReadOnlyList<Grant>?>(async scope => (await ContactRights.Of(scope, caller, account)).May(Rights.Manage, book)
            ? (await Access.Grants(scope, account)).FindAll(grant => grant.Collection is null || grant.Collection == new CollectionRef(ContactTypes.AddressBook, book))
            : null, cancellation);

    /// <summary>What changed since (RFC 9610 §2.2); null when it cannot be told any more.</summary>
    public ValueTask<ItemChanges?> Changes(Caller caller, AccountId account, Sequence since, int limit, CancellationToken cancellation) =>
        database.Read(async scope =>
        {
            var rights = await ContactRights.Of(scope, caller, account);
            var changes = await AddressBookTable.Items.Since(scope, account, since, limit);
            if (changes is null || rights.SeesAll) return changes;
            return changes with
            {
                Created = [.. changes.Created.Where(id => rights.On(id) != Rights.None)],
                Updated = [.. changes.Updated.Where(id => rights.On(id) != Rights.None)],
                // Of an address book that is not shared any more nothing is left.
                Destroyed = [.. changes.Destroyed, .. changes.Updated.Where(id => rights.On(id) == Rights.None)],
            };
        }, cancellation);

    /// <summary>
    /// Makes, changes and destroys address books in one transaction (RFC 9610 §2.3). With
    /// <see cref="AddressBookSet.OnDestroyRemoveContents"/> the cards leave beforehand, a batch at a time, so that a large
    /// address book does not keep everybody waiting.
    /// </summary>
    public async Task<SetOutcome<AddressBook, ContactError>> Set(Caller caller, AccountId account, AddressBookSet set, CancellationToken cancellation)
    {
        if (!set.OnDestroyRemoveContents || set.Destroy.Count == 0) return await SetAtOnce(caller, account, set, cancellation);
        var before = await database.Read(scope => AccountTable.State(scope, account, ContactTypes.AddressBook), cancellation);
        if (set.IfInState is { } expected && expected != before) return new SetOutcome<AddressBook, ContactError>(before, before) { Refused = ContactError.StateMismatch };
        foreach (var id in set.Destroy)
            while (await RemoveSome(caller, account, id, cancellation))
            {
            }

        return await SetAtOnce(caller, account, set, cancellation);
    }

    /// <summary>Makes the address book every account begins with, in the transaction that makes the account; none where there is one.</summary>
    internal static async ValueTask CreateFirst(WriteScope scope, AccountId account, string name)
    {
        if ((await AddressBookTable.All(scope, account)).Count > 0) return;
        var seq = await scope.Advance(account, ContactTypes.AddressBook);
        var id = await AddressBookTable.Create(scope, account, new AddressBookRow { Id = 0, Resource = "default", Name = name, IsDefault = true }, seq);
        await AddressBookTable.Subscribe(scope, id, account, subscribed: true);
    }

    internal static async ValueTask<Dictionary<long, AddressBook>> Show(ReadScope scope, Caller caller, AccountId account, ContactRights rights, IReadOnlyCollection<AddressBookRow> books)
    {
        var subscribed = await AddressBookTable.Subscribed(scope, account, caller.Person);
        var isManaged = books.Any(book => rights.May(Rights.Manage, book.Id));
        var grants = isManaged ? (await Access.Grants(scope, account)).ToLookup(grant => grant.Collection is { } c && c.Type == ContactTypes.AddressBook ? c.Id : 0) : null;
        return books.ToDictionary(book => book.Id, book => new AddressBook
        {
            Id = book.Id,
            Name = book.Name,
            Description = book.Description,
            SortOrder = book.SortOrder,
            IsDefault = book.IsDefault,
            IsSubscribed = subscribed.Contains(book.Id),
            ShareWith = rights.May(Rights.Manage, book.Id) && grants![book.Id].Any() ? grants[book.Id].ToDictionary(grant => grant.Grantee, grant => grant.Rights) : null,
            MyRights = rights.On(book.Id),
            Resource = book.Resource,
            Extra = book.Extra is null ? new Dictionary<string, string>() : JsonNode.Parse(book.Extra)!.AsObject().ToDictionary(property => property.Key, property => (string)property.Value!),
            CardsSeq = book.CardsSeq,
            CreatedSeq = book.CreatedSeq,
            ChangedSeq = book.ChangedSeq,
        });
    }

    Task<SetOutcome<AddressBook, ContactError>> SetAtOnce(Caller caller, AccountId account, AddressBookSet set, CancellationToken cancellation) =>
        database.Write(scope => new AddressBookSetRun(scope, caller, account, notices).Run(set), cancellation);

    /// <summary>Takes a batch of cards out of an address book that is to be destroyed. True while some are left.</summary>
    Task<bool> RemoveSome(Caller caller, AccountId account, long id, CancellationToken cancellation) =>
        database.Write(async scope =>
        {
            var rights = await ContactRights.Of(scope, caller, account);
            var transaction = await CardTransaction.Begin(scope, account);
            if (!transaction.Books.TryGetValue(id, out var book) || AddressBookSetRun.CheckDestroy(rights, book) is not null) return false;
            var cards = await PlaceTable.OfBook(scope, id, RemovedAtOnce + 1);
            await transaction.Remove(await CardTable.Find(scope, account, [.. cards.Take(RemovedAtOnce)], withCard: false), id);
            await transaction.Settle();
            return cards.Count > RemovedAtOnce;
        }, cancellation);
}

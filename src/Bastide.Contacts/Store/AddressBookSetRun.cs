using System.Text;
using System.Text.Json.Nodes;
using Bastide.Abstractions.Identity;
using Bastide.Contacts.Jmap;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Protocols.Jmap;

namespace Bastide.Contacts.Store;

/// <summary>One <see cref="AddressBookSet"/> inside its transaction.</summary>
sealed class AddressBookSetRun(WriteScope scope, Caller caller, AccountId account, IShareNotices notices)
{
    const int MostExtra = 50_000;

    readonly Dictionary<string, long> _made = [];
    readonly Dictionary<string, ContactError> _notCreated = [];
    readonly List<long> _updated = [];
    readonly Dictionary<long, ContactError> _notUpdated = [];
    readonly List<long> _destroyed = [];
    readonly Dictionary<long, ContactError> _notDestroyed = [];
    readonly HashSet<long> _defaults = [];
    Dictionary<long, AddressBookRow> _books = [];
    ContactRights _rights = null!;
    List<Grant> _grants = [];

    public async ValueTask<SetOutcome<AddressBook, ContactError>> Run(AddressBookSet set)
    {
        _rights = await ContactRights.Of(scope, caller, account);
        if (_rights.Whole == Rights.None && _rights.SeesNothing)
        {
            var unseen = await AccountTable.State(scope, account, ContactTypes.AddressBook);
            return new SetOutcome<AddressBook, ContactError>(unseen, unseen) { Refused = ContactError.NotFound };
        }

        // The account's row is held from here on.
        _books = (await CardTransaction.Begin(scope, account)).Books.ToDictionary();
        _grants = await Access.Grants(scope, account);
        var before = await AccountTable.State(scope, account, ContactTypes.AddressBook);
        if (set.IfInState is { } expected && expected != before) return new SetOutcome<AddressBook, ContactError>(before, before) { Refused = ContactError.StateMismatch };
        foreach (var (name, create) in set.Create)
            if (await Create(name, create) is { } error)
                _notCreated[name] = error;
        foreach (var (id, update) in set.Update)
        {
            var error = set.Destroy.Contains(id) ? ContactError.WillDestroy : await Update(id, update);
            if (error is null) _updated.Add(id);
            else _notUpdated[id] = error;
        }

        foreach (var id in set.Destroy.Distinct())
        {
            if (await Destroy(id) is { } error) _notDestroyed[id] = error;
            else _destroyed.Add(id);
        }

        if (_notCreated.Count + _notUpdated.Count + _notDestroyed.Count == 0) await SetDefault(set);
        var shown = await AddressBooks.Show(scope, caller, account, _rights, [.. (await AddressBookTable.All(scope, account)).Where(book => _rights.On(book.Id) != Rights.None)]);
        return new SetOutcome<AddressBook, ContactError>(before, await AccountTable.State(scope, account, ContactTypes.AddressBook))
        {
            Created = _made.Where(made => shown.ContainsKey(made.Value)).ToDictionary(made => made.Key, made => shown[made.Value]),
            NotCreated = _notCreated,
            Updated = [.. _updated.Distinct()],
            UpdatedItems = shown.Where(book => _defaults.Contains(book.Key)).ToDictionary(),
            NotUpdated = _notUpdated,
            Destroyed = _destroyed,
            NotDestroyed = _notDestroyed,
        };
    }

    /// <summary>Why the address book cannot be destroyed, its cards apart.</summary>
    public static ContactError? CheckDestroy(ContactRights rights, AddressBookRow book)
    {
        if (rights.On(book.Id) == Rights.None) return ContactError.NotFound;
        if (!rights.May(Rights.Manage, book.Id)) return ContactError.Forbidden("You may not destroy this address book.");
        return book.IsDefault ? ContactError.Forbidden("Cards go to the default address book when nothing else is said: make another one the default first.") : null;
    }

    async ValueTask<ContactError?> Create(string name, AddressBookCreate create)
    {
        if (!_rights.Whole.HasFlag(Rights.Manage)) return ContactError.Forbidden("You may not make address books here.");
        if (_books.Count >= AddressBooks.Most) return new ContactError(ContactFailure.TooManyItems, $"An account may have {AddressBooks.Most} address books at most.");
        var row = new AddressBookRow
        {
            Id = 0,
            Resource = create.Resource ?? ResourceNames.NewCollection(),
            Name = create.Name,
            Description = create.Description,
            SortOrder = create.SortOrder,
            IsDefault = _books.Count == 0,
            Extra = WithExtra(null, create.Extra),
        };
        if (!ResourceNames.IsName(row.Resource) || row.Resource == OrganisationDirectory.Resource || _books.Values.Any(book => book.Resource == row.Resource)) return ContactError.Invalid("resource", "The name is taken, or cannot stand in a path.");
        if ((Check(row) ?? await CheckShares(0, create.ShareWith)) is { } error) return error;
        var seq = await scope.Advance(account, ContactTypes.AddressBook);
        var id = await AddressBookTable.Create(scope, account, row, seq);
        _books[id] = row with { Id = id, CreatedSeq = seq, ChangedSeq = seq, CardsSeq = seq };
        await AddressBookTable.Subscribe(scope, id, caller.Person, create.IsSubscribed ?? true);
        await Give(id, create.ShareWith);
        _made[name] = id;
        return null;
    }

    async ValueTask<ContactError?> Update(long id, AddressBookUpdate update)
    {
        if (!_books.TryGetValue(id, out var row) || _rights.On(id) == Rights.None) return ContactError.NotFound;
        var changed = row with { Name = update.Name ?? row.Name, Description = update.Description.Or(row.Description), SortOrder = update.SortOrder ?? row.SortOrder, Extra = WithExtra(row.Extra, update.Extra) };
        var shares = Shares(id, update);
        if (changed != row && !_rights.May(Rights.Manage, id)) return ContactError.Forbidden("You may not change this address book.");
        if (shares.Count > 0 && !_rights.May(Rights.Manage, id)) return ContactError.Forbidden("You may not share this address book.");
        if ((Check(changed) ?? await CheckShares(id, shares)) is { } error) return error;
        if (changed == row && shares.Count == 0 && update.IsSubscribed is null) return null;
        var seq = await scope.Advance(account, ContactTypes.AddressBook);
        if (update.IsSubscribed is { } subscribed) await AddressBookTable.Subscribe(scope, id, caller.Person, subscribed);
        _books[id] = changed with { ChangedSeq = seq };
        await AddressBookTable.Update(scope, changed, seq);
        if (shares.Count > 0)
        {
            await Give(id, shares);
            await Tell(id);
        }

        return null;
    }

    async ValueTask<ContactError?> Destroy(long id)
    {
        if (!_books.TryGetValue(id, out var row)) return ContactError.NotFound;
        if (CheckDestroy(_rights, row) is { } error) return error;
        if ((await PlaceTable.OfBook(scope, id, 1)).Count > 0) return new ContactError(ContactFailure.HasContents, "It holds cards: move them, or ask to remove them with it.");
        var seq = await scope.Advance(account, ContactTypes.AddressBook);
        await Tombstones.Bury(scope, account, ContactTypes.AddressBook, seq, [(id, row.CreatedSeq)]);
        foreach (var (person, rights) in Shares(id)) await Notify(id, person, rights, Rights.None);
        await Access.Forget(scope, account, new CollectionRef(ContactTypes.AddressBook, id));
        await AddressBookTable.Delete(scope, id);
        _books.Remove(id);
        return null;
    }

    /// <summary>Makes another address book the default; what cannot be is passed over (RFC 9610 §2.3).</summary>
    async ValueTask SetDefault(AddressBookSet set)
    {
        var wanted = set.OnSuccessSetIsDefaultCreation is { } creation && _made.TryGetValue(creation, out var made) ? made : set.OnSuccessSetIsDefault;
        if (wanted is not { } id || !_books.TryGetValue(id, out var book) || book.IsDefault || !_rights.Whole.HasFlag(Rights.Manage)) return;
        var seq = await scope.Advance(account, ContactTypes.AddressBook);
        foreach (var other in _books.Values.Where(other => other.IsDefault || other.Id == id).ToList())
        {
            _books[other.Id] = other with { IsDefault = other.Id == id, ChangedSeq = seq };
            await AddressBookTable.Update(scope, _books[other.Id], seq);
            _defaults.Add(other.Id);
            if (!_made.ContainsValue(other.Id)) _updated.Add(other.Id);
        }
    }

    static string? WithExtra(string? present, IReadOnlyDictionary<string, string?> changes)
    {
        if (changes.Count == 0) return present;
        var extra = present is null ? [] : JsonNode.Parse(present)!.AsObject();
        foreach (var (name, xml) in changes)
            if (xml is null) extra.Remove(name);
            else extra[name] = xml;
        return extra.Count == 0 ? null : extra.ToJsonString();
    }

    static ContactError? Check(AddressBookRow row)
    {
        if (row.Name.Length == 0 || row.Name.Any(char.IsControl)) return ContactError.Invalid("name", "A name has at least one character, and no control characters.");
        if (Encoding.UTF8.GetByteCount(row.Name) > AddressBooks.MaxNameOctets) return ContactError.Invalid("name", $"A name may have {AddressBooks.MaxNameOctets} octets at most.");
        if (row.Description?.Length > AddressBooks.MaxDescription || row.Description?.Contains('\0') == true) return ContactError.Invalid("description", $"A description may have {AddressBooks.MaxDescription} characters at most.");
        if (row.Extra?.Length > MostExtra) return new ContactError(ContactFailure.OverQuota, $"Programs keep at most {MostExtra} characters of properties with an address book.");
        return row.SortOrder is < 0 or >= 1L << 31 ? ContactError.Invalid("sortOrder", "It is a number from 0 to 2147483647.") : null;
    }

    Dictionary<AccountId, Rights> Shares(long id) =>
        _grants.Where(grant => grant.Collection == new CollectionRef(ContactTypes.AddressBook, id)).ToDictionary(grant => grant.Grantee, grant => grant.Rights);

    /// <summary>The shares that change, and what they become.</summary>
    Dictionary<AccountId, Rights> Shares(long id, AddressBookUpdate update)
    {
        var before = Shares(id);
        var after = update.ShareWith is { } all ? new Dictionary<AccountId, Rights>(all) : new Dictionary<AccountId, Rights>(before);
        foreach (var (person, rights) in update.Shares) after[person] = rights;
        return before.Keys.Union(after.Keys).Where(person => before.GetValueOrDefault(person) != after.GetValueOrDefault(person)).ToDictionary(person => person, person => after.GetValueOrDefault(person));
    }

    /// <summary>Whether these shares may be given: to people, and nothing that the giver has not (RFC 9610 §2.3).</summary>
    async ValueTask<ContactError?> CheckShares(long id, IReadOnlyDictionary<AccountId, Rights> shares)
    {
        if (shares.Count == 0) return null;
        var before = Shares(id);
        if (before.Keys.Union(shares.Where(share => share.Value != Rights.None).Select(share => share.Key)).Count() > AddressBooks.MostShares)
            return ContactError.Invalid("shareWith", $"An address book may be shared with {AddressBooks.MostShares} people at most.");
        var people = (await AccountTable.Find(scope, [.. shares.Keys])).Where(person => person.Kind == AccountKind.User).Select(person => person.Id).ToHashSet();
        foreach (var (person, rights) in shares)
        {
            if (person == account || (rights != Rights.None && !people.Contains(person))) return ContactError.Invalid("shareWith", $"There is nobody with the id {person} to share with.");
            if ((rights & ~before.GetValueOrDefault(person) & ~_rights.On(id)) != Rights.None) return ContactError.Forbidden("You may not give a right that you do not have.");
        }

        return null;
    }

    async ValueTask Give(long id, IReadOnlyDictionary<AccountId, Rights> shares)
    {
        var before = Shares(id);
        foreach (var (person, rights) in shares)
        {
            await Access.Give(scope, new Grant(account, new CollectionRef(ContactTypes.AddressBook, id), person, rights));
            await Notify(id, person, before.GetValueOrDefault(person), rights);
        }
    }

    /// <summary>Tells somebody of rights they got or lost (RFC 9670 §3).</summary>
    async ValueTask Notify(long id, AccountId person, Rights before, Rights after)
    {
        if (before != after) await notices.Tell(scope, new ShareNotice(person, caller.Person, ContactTypes.AddressBook, account, WireId.AddressBook.Write(id), Told(before), Told(after), _books[id].Name));
    }

    static JsonObject? Told(Rights rights) => rights == Rights.None ? null : AddressBookProperties.Write(rights);

    /// <summary>Whoever has other address books of the account already learns of the cards in this one as of others that change.</summary>
    async ValueTask Tell(long id)
    {
        var cards = await PlaceTable.OfBook(scope, id, ContactCards.Most);
        if (cards.Count > 0) await CardTable.Touch(scope, cards, await scope.Advance(account, ContactTypes.ContactCard));
    }
}

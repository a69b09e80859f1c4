using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Protocols.Jmap;

namespace Bastide.Contacts.Store;

/// <summary>One <see cref="CardSet"/> inside its transaction.</summary>
sealed class CardSetRun(WriteScope scope, Caller caller, AccountId account, CardSetPrepared prepared)
{
    readonly Dictionary<string, ContactCard> _created = [];
    readonly Dictionary<string, ContactError> _notCreated = [];
    readonly List<long> _updated = [];
    readonly Dictionary<long, ContactCard> _updatedItems = [];
    readonly Dictionary<long, ContactError> _notUpdated = [];
    readonly List<long> _destroyed = [];
    readonly Dictionary<long, ContactError> _notDestroyed = [];
    ContactRights _rights = null!;
    CardTransaction _transaction = null!;

    /// <summary>Null when a card was changed since it was read: then all of it is prepared again.</summary>
    public async ValueTask<SetOutcome<ContactCard, ContactError>?> Run(CardSet set)
    {
        _rights = await ContactRights.Of(scope, caller, account);
        var before = await AccountTable.State(scope, account, ContactTypes.ContactCard);
        if (_rights.Whole == Rights.None && _rights.SeesNothing) return new SetOutcome<ContactCard, ContactError>(before, before) { Refused = ContactError.NotFound };
        _transaction = await CardTransaction.Begin(scope, account);
        before = await AccountTable.State(scope, account, ContactTypes.ContactCard);
        if (set.IfInState is { } expected && expected != before) return new SetOutcome<ContactCard, ContactError>(before, before) { Refused = ContactError.StateMismatch };
        var rows = (await CardTable.Find(scope, account, [.. set.Update.Keys, .. set.Destroy], withCard: false)).Where(row => _rights.Sees(row.Books)).ToDictionary(row => row.Id);
        if (prepared.Update.Any(update => rows.TryGetValue(update.Key, out var row) && row.ChangedSeq != update.Value.ReadAt)) return null;
        foreach (var (name, create) in set.Create)
            if (await Create(name, create) is { } error)
                _notCreated[name] = error;
        foreach (var (id, update) in set.Update)
        {
            var error = set.Destroy.Contains(id) ? ContactError.WillDestroy : await Update(rows.GetValueOrDefault(id), update);
            if (error is null) _updated.Add(id);
            else _notUpdated[id] = error;
        }

        await Destroy(set.Destroy, rows);
        await _transaction.Settle();
        return new SetOutcome<ContactCard, ContactError>(before, await AccountTable.State(scope, account, ContactTypes.ContactCard))
        {
            Created = _created,
            NotCreated = _notCreated,
            Updated = _updated,
            UpdatedItems = _updatedItems,
            NotUpdated = _notUpdated,
            Destroyed = _destroyed,
            NotDestroyed = _notDestroyed,
        };
    }

    async ValueTask<ContactError?> Create(string name, CardCreate create)
    {
        var (content, refused) = prepared.Create[name];
        var books = create.AddressBookIds.Distinct().ToList();
        if (content is null || (refused ?? CheckBooks(books, [])) is not null) return refused ?? CheckBooks(books, []);
        if (await CardTable.WithUid(scope, account, content.Uid) is { } existing) return ContactError.Exists(existing);
        var (id, error) = await _transaction.Create(content, [.. books.Select(book => (book, (string?)null))]);
        if (error is not null) return error;
        _created[name] = Show(id, content, books);
        return null;
    }

    static ContactCard Show(long id, CardContent content, IReadOnlyList<long> books) => new()
    {
        Id = id,
        AddressBookIds = books,
        Uid = content.Uid,
        Card = content.Card,
        ETag = content.ETag,
        Size = content.VCard.Length,
    };

    async ValueTask<ContactError?> Update(CardRow? row, CardUpdate update)
    {
        if (row is null) return ContactError.NotFound;
        if (!_rights.MayChange(row.Books)) return ContactError.Forbidden("You may not change this card.");
        var books = update.AddressBookIds?.Apply(row.Books.Where(book => _rights.May(Rights.Read, book)));
        if (books is not null)
        {
            // Address books that the asker does not see are not theirs to take it out of.
            books.UnionWith(row.Books.Where(book => !_rights.May(Rights.Read, book)));
            if (CheckBooks(books, row.Books) is { } error) return error;
        }

        if (update.Patch is not null)
        {
            var (content, refused) = prepared.Update[row.Id].Change;
            if (content is null) return refused;
            if (await _transaction.Replace(row, content) is { } error) return error;
            _updatedItems[row.Id] = Show(row.Id, content, books is null ? row.Books : [.. books]);
        }

        if (books is not null && !books.SetEquals(row.Books)) await _transaction.Move(row, books);
        return null;
    }

    async ValueTask Destroy(IReadOnlyList<long> ids, Dictionary<long, CardRow> rows)
    {
        var doomed = new List<CardRow>();
        foreach (var id in ids.Distinct())
        {
            if (!rows.TryGetValue(id, out var row)) _notDestroyed[id] = ContactError.NotFound;
            else if (row.Books.Any(book => !_rights.May(Rights.Delete, book))) _notDestroyed[id] = ContactError.Forbidden("You may not destroy this card: it is in an address book that you may not take it from.");
            else doomed.Add(row);
        }

        await _transaction.Destroy(doomed);
        _destroyed.AddRange(doomed.Select(row => row.Id));
    }

    /// <summary>Whether a card may be put into these address books, and taken out of those it was in.</summary>
    ContactError? CheckBooks(IReadOnlyCollection<long> books, IReadOnlyList<long> before)
    {
        if (books.Count == 0) return ContactError.Invalid("addressBookIds", "A card is in at least one address book.");
        foreach (var book in books.Except(before))
            if (!_transaction.Books.ContainsKey(book) || _rights.On(book) == Rights.None)
                return ContactError.Invalid("addressBookIds", "There is no such address book.");
        if (books.Except(before).Any(book => !_rights.May(Rights.Write, book))) return ContactError.Forbidden("You may not put cards into this address book.");
        return before.Except(books).Any(book => !_rights.May(Rights.Delete, book)) ? ContactError.Forbidden("You may not take cards out of this address book.") : null;
    }
}

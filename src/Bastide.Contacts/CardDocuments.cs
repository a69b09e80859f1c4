using Bastide.Contacts.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Protocols.VCard;

namespace Bastide.Contacts;

/// <summary>
/// The cards of an address book as files, by the names that DAV has for them (RFC 6352). A card is one in every address book
/// it is in: what is put into one of them is read in all.
/// </summary>
public sealed class CardDocuments(Database database, TimeProvider time)
{
    const int MostChangesTold = 5000;

    /// <summary>A page of what is in the address book, by name after <paramref name="after"/>, without the vCards; null where the caller may not read it.</summary>
    public ValueTask<IReadOnlyList<CardDocument>?> List(Caller caller, AccountId account, long book, string after, int limit, CancellationToken cancellation) =>
        database.Read<IReadOnlyList<CardDocument>?>(async scope => await MayRead(scope, caller, account, book)
            ? (await PlaceTable.Page(scope, book, after, limit)).ConvertAll(place => place.Document)
            : null, cancellation);

    /// <summary>The cards of these names, in no order, with or without their vCards; those that are not there are left out.</summary>
    public ValueTask<IReadOnlyList<CardDocument>> Read(Caller caller, AccountId account, long book, IReadOnlyCollection<string> resources, bool withCards, CancellationToken cancellation) =>
        database.Snapshot<IReadOnlyList<CardDocument>>(async scope =>
        {
            if (!await MayRead(scope, caller, account, book)) return [];
            var places = await PlaceTable.Find(scope, book, resources);
            var rows = (await CardTable.Find(scope, account, [.. places.Select(place => place.Card)], withCard: false)).ToDictionary(row => row.Id);
            var vCards = withCards ? await CardTable.VCards(scope, account, rows.Keys) : [];
            return [.. places.Where(place => rows.ContainsKey(place.Card)).Select(place => new CardDocument(place.Resource, rows[place.Card].ETag, rows[place.Card].Size)
            {
                IsComposed = rows[place.Card].IsComposed,
                VCard = vCards.TryGetValue(place.Card, out var octets) ? octets : null,
            })];
        }, cancellation);

    /// <summary>
    /// What changed in the address book since (RFC 6578 §3.2), everything there is at first, each name once, and the number to
    /// ask from next time; about <paramref name="limit"/> at most, what was changed together never apart. Null when it cannot
    /// be told any more, or not to this caller.
    /// </summary>
    public ValueTask<(IReadOnlyList<AddressBookChange> Changes, Sequence Next, bool HasMore)?> Changes(
        Caller caller, AccountId account, long book, Sequence? since, int limit, CancellationToken cancellation) =>
        database.Snapshot<(IReadOnlyList<AddressBookChange>, Sequence, bool)?>(async scope =>
        {
            if (!await MayRead(scope, caller, account, book)) return null;
            var row = (await AddressBookTable.All(scope, account)).Find(other => other.Id == book)!;
            // An address book that was made later has told nobody of anything.
            if (since > row.CardsSeq || since < row.CreatedSeq) return null;
            var (from, most) = (since ?? default, Math.Clamp(limit, 1, MostChangesTold));
            var changes = await PlaceTable.Changed(scope, book, from, row.CardsSeq, most + 1);
            var next = row.CardsSeq;
            if (changes.Count > most)
            {
                next = changes[most - 1].Seq;
                // What shares the last number is told with it.
                changes = changes[most].Seq == next ? await PlaceTable.Changed(scope, book, from, next, ContactCards.Most) : changes[..most];
            }

            // Who asks for the first time knows of nothing that could be gone.
            return (changes.FindAll(change => since is not null || change.Change.ETag is not null).ConvertAll(change => change.Change), next, next < row.CardsSeq);
        }, cancellation);

    /// <summary>
    /// Puts a vCard into the address book under a name, or in the place of what is there; it is kept as it is.
    /// </summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="account">The account.</param>
    /// <param name="book">The address book.</param>
    /// <param name="resource">The name.</param>
    /// <param name="octets">The vCard.</param>
    /// <param name="condition">Told what is there now by its ETag (null: nothing), answers whether to go on.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<CardPut> Put(Caller caller, AccountId account, long book, string resource, ReadOnlyMemory<byte> octets, Func<string?, bool>? condition, CancellationToken cancellation)
    {
        if (!ResourceNames.IsName(resource)) return Invalid("The name of a card is one segment of a path.");
        if (octets.Length > ContactCards.MaxSize) return new CardPut(null, false) { Refused = new ContactError(ContactFailure.TooLarge, $"A card has at most {ContactCards.MaxSize} octets.") };
        var reading = CardReader.Read(octets);
        if (reading.Card is not { } card) return Invalid(reading.Error!.ToString());
        if (card.Version == CardVersion.V21) return Invalid("A card is of version 3.0 or 4.0.");
        if (card.First("UID")?.Value is not { Length: > 0 }) return Invalid("A card has a UID.");
        var now = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
        var content = CardDerivation.Of(card, octets.ToArray(), now, now);
        return await database.Write(scope => Put(scope, caller, account, book, resource, content, condition), cancellation);
    }

    /// <summary>Takes what has this name out of the address book; a card that is in no other goes. Answers why it was refused.</summary>
    public Task<(ContactError? Refused, bool IsPreconditionFailed)> Delete(
        Caller caller, AccountId account, long book, string resource, Func<string?, bool>? condition, CancellationToken cancellation) =>
        database.Write<(ContactError?, bool)>(async scope =>
        {
            var rights = await ContactRights.Of(scope, caller, account);
            if (!rights.May(Rights.Read, book)) return (ContactError.NotFound, false);
            var transaction = await CardTransaction.Begin(scope, account);
            if (!transaction.Books.ContainsKey(book) || await PlaceTable.Find(scope, book, resource) is not { } place) return (ContactError.NotFound, false);
            if (!rights.May(Rights.Delete, book)) return (ContactError.Forbidden("You may not take cards out of this address book."), false);
            var rows = await CardTable.Find(scope, account, [place.Card], withCard: false);
            if (condition?.Invoke(rows[0].ETag) == false) return (null, true);
            await transaction.Remove(rows, book);
            await transaction.Settle();
            return (null, false);
        }, cancellation);

    /// <summary>
    /// Puts a card under a name into the same or another address book of the account (RFC 4918 §9.8, §9.9): as one card, in
    /// both of them, or with <paramref name="isMove"/> no longer where it was. Its uid is as much in the way as when it is put.
    /// </summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="account">The account.</param>
    /// <param name="from">The address book and the name it has.</param>
    /// <param name="to">The address book and the name it gets.</param>
    /// <param name="isMove">Whether it leaves where it is.</param>
    /// <param name="condition">Told its ETag, answers whether to go on.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<CardPut> Transfer(
        Caller caller, AccountId account, (long Book, string Resource) from, (long Book, string Resource) to, bool isMove, Func<string?, bool>? condition, CancellationToken cancellation) =>
        database.Write(scope => Transfer(scope, caller, account, from, to, isMove, condition), cancellation);

    static async ValueTask<CardPut> Transfer(
        WriteScope scope, Caller caller, AccountId account, (long Book, string Resource) from, (long Book, string Resource) to, bool isMove, Func<string?, bool>? condition)
    {
        if (!ResourceNames.IsName(to.Resource)) return Invalid("The name of a card is one segment of a path.");
        var rights = await ContactRights.Of(scope, caller, account);
        if (!rights.May(Rights.Read, from.Book)) return Refused(ContactError.NotFound);
        var transaction = await CardTransaction.Begin(scope, account);
        if (!transaction.Books.ContainsKey(to.Book) || await PlaceTable.Find(scope, from.Book, from.Resource) is not { } place) return Refused(ContactError.NotFound);
        if (!rights.May(Rights.Write, to.Book)) return Refused(ContactError.Forbidden("You may not put cards into this address book."));
        if (isMove && !rights.May(Rights.Delete, from.Book)) return Refused(ContactError.Forbidden("You may not take cards out of this address book."));
        var row = (await CardTable.Find(scope, account, [place.Card], withCard: false)).Single();
        if (condition?.Invoke(row.ETag) == false) return new CardPut(null, false) { IsPreconditionFailed = true };
        if (await PlaceTable.Find(scope, to.Book, to.Resource) is { } taken && taken.Card != row.Id) return new CardPut(null, false) { ConflictsWith = to.Resource };
        var there = (await PlaceTable.Places(scope, [row.Id])).Find(other => other.Book == to.Book);
        var isThere = row.Books.Contains(to.Book) && there.Resource == to.Resource;
        if (row.Books.Contains(to.Book) && !isThere && !(isMove && to.Book == from.Book)) return new CardPut(null, false) { ConflictsWith = there.Resource };
        if (isMove) await transaction.Leave(row, place);
        if (!isThere) await transaction.Add(row, to.Book, to.Resource);
        await transaction.Settle();
        return new CardPut(row.ETag, !isThere);
    }

    static async ValueTask<CardPut> Put(
        WriteScope scope, Caller caller, AccountId account, long book, string resource, CardContent content, Func<string?, bool>? condition)
    {
        var rights = await ContactRights.Of(scope, caller, account);
        if (rights.On(book) == Rights.None) return Refused(ContactError.NotFound);
        var transaction = await CardTransaction.Begin(scope, account);
        if (!transaction.Books.ContainsKey(book)) return Refused(ContactError.NotFound);
        if (!rights.May(Rights.Write, book)) return Refused(ContactError.Forbidden("You may not put cards into this address book."));
        var place = await PlaceTable.Find(scope, book, resource);
        var present = place is { } at ? (await CardTable.Find(scope, account, [at.Card], withCard: false)).Single() : null;
        if (condition?.Invoke(present?.ETag) == false) return new CardPut(null, false) { IsPreconditionFailed = true };
        var same = await CardTable.WithUid(scope, account, content.Uid) is { } id ? (await CardTable.Find(scope, account, [id], withCard: false)).Single() : null;
        if (same is not null && same.Id != present?.Id && (present is not null || same.Books.Contains(book)))
        {
            var names = await PlaceTable.Places(scope, [same.Id]);
            return new CardPut(null, false) { ConflictsWith = names.Find(other => other.Book == book).Resource ?? resource };
        }

        // Another uid under the same name is another card; and who may write here only does not write what is elsewhere.
        if ((present is not null && present.Uid != content.Uid) || (same is not null && !rights.MayChange(same.Books))) return new CardPut(null, false) { ConflictsWith = resource };
        ContactError? error = null;
        if (same is null) (_, error) = await transaction.Create(content, [(book, resource)]);
        else if (same.ETag != content.ETag) error = await transaction.Replace(same, content);
        if (error is not null) return Refused(error);
        if (same is not null && present is null) await transaction.Add(same, book, resource);
        await transaction.Settle();
        return new CardPut(content.ETag, present is null);
    }

    static async ValueTask<bool> MayRead(ReadScope scope, Caller caller, AccountId account, long book)
    {
        var rights = await ContactRights.Of(scope, caller, account);
        return rights.May(Rights.Read, book) && (await AddressBookTable.All(scope, account)).Exists(other => other.Id == book);
    }

    static CardPut Invalid(string why) => new(null, false) { IsInvalid = true, Refused = ContactError.Invalid("card", why) };

    static CardPut Refused(ContactError error) => new(null, false) { Refused = error };
}

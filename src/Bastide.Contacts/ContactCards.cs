using System.Text.Json.Nodes;
using Bastide.Contacts.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Protocols.Jmap;
using Bastide.Protocols.VCard;

namespace Bastide.Contacts;

/// <summary>
/// The operations on cards (RFC 9610 §3): they ask who may, own the transaction and move the change sequence. What a card
/// says is put together before the transaction, and done again when the card has changed meanwhile.
/// </summary>
public sealed class ContactCards
{
    /// <summary>The most cards an account may have.</summary>
    public const int Most = 100_000;

    /// <summary>The most octets of a card's vCard.</summary>
    public const int MaxSize = 5 * 1024 * 1024;

    const int MostAttempts = 5;

    readonly Database _database;
    readonly CardComposer _composer;
    readonly TimeProvider _time;

    internal ContactCards(Database database, CardComposer composer, TimeProvider time)
    {
        _database = database;
        _composer = composer;
        _time = time;
    }

    /// <summary>
    /// Those of the cards that the caller may see, all when <paramref name="ids"/> is null, and the state they are of; no
    /// more than <paramref name="limit"/>.
    /// </summary>
    public ValueTask<(IReadOnlyList<ContactCard> Found, Sequence State)> Get(Caller caller, AccountId account, IReadOnlyList<long>? ids, int limit, CancellationToken cancellation) =>
        _database.Snapshot<(IReadOnlyList<ContactCard>, Sequence)>(async scope =>
        {
            var state = await AccountTable.State(scope, account, ContactTypes.ContactCard);
            var rights = await ContactRights.Of(scope, caller, account);
            if (rights.SeesNothing) return ([], state);
            var wanted = ids ?? await Visible(scope, account, rights, limit);
            var rows = (await CardTable.Find(scope, account, [.. wanted.Distinct().Take(limit)], withCard: true)).ToDictionary(row => row.Id);
            return ([.. wanted.Distinct().Select(id => rows.GetValueOrDefault(id)).OfType<CardRow>().Where(row => rights.Sees(row.Books)).Select(row => Show(row, rights))], state);
        }, cancellation);

    /// <summary>What changed since (RFC 9610 §3.2); null when it cannot be told any more.</summary>
    public ValueTask<ItemChanges?> Changes(Caller caller, AccountId account, Sequence since, int limit, CancellationToken cancellation) =>
        _database.Snapshot(async scope =>
        {
            var rights = await ContactRights.Of(scope, caller, account);
            var changes = await CardTable.Items.Since(scope, account, since, limit);
            if (changes is null || rights.SeesAll) return changes;
            var places = await PlaceTable.OfCards(scope, [.. changes.Created, .. changes.Updated]);
            bool Sees(long id) => places.TryGetValue(id, out var books) && rights.Sees(books);
            // What has left the address books that are shared is gone for whoever sees these alone.
            return changes with
            {
                Created = [.. changes.Created.Where(Sees)],
                Updated = [.. changes.Updated.Where(Sees)],
                Destroyed = [.. changes.Destroyed, .. changes.Updated.Where(id => !Sees(id))],
            };
        }, cancellation);

    /// <summary>Makes, changes and destroys cards in one transaction (RFC 9610 §3.5).</summary>
    public async Task<SetOutcome<ContactCard, ContactError>> Set(Caller caller, AccountId account, CardSet set, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var prepared = await Prepare(caller, account, set, cancellation);
            if (await _database.Write(scope => new CardSetRun(scope, caller, account, prepared).Run(set), cancellation) is { } outcome) return outcome;
        }

        throw new InvalidOperationException($"The cards of {account} change faster than they can be written.");
    }

    /// <summary>Copies cards from another account (RFC 8620 §5.4); with what is given otherwise than in the original.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="from">The account they are in.</param>
    /// <param name="to">The account they are to be in too.</param>
    /// <param name="copy">Which, and how.</param>
    /// <param name="cancellation">Ends the work.</param>
    public async Task<SetOutcome<ContactCard, ContactError>> Copy(Caller caller, AccountId from, AccountId to, CardCopy copy, CancellationToken cancellation)
    {
        var (originals, state) = await Get(caller, from, [.. copy.Create.Values.Select(item => item.Id)], int.MaxValue, cancellation);
        if (copy.IfFromInState is { } expected && expected != state)
        {
            var here = await _database.Read(scope => AccountTable.State(scope, to, ContactTypes.ContactCard), cancellation);
            return new SetOutcome<ContactCard, ContactError>(here, here) { Refused = ContactError.StateMismatch };
        }

        var byId = originals.ToDictionary(card => card.Id);
        var create = new Dictionary<string, CardCreate>();
        var missing = new Dictionary<string, ContactError>();
        foreach (var (name, item) in copy.Create)
        {
            if (!byId.TryGetValue(item.Id, out var original)) missing[name] = ContactError.NotFound;
            else create[name] = new CardCreate(With(original.Card, item.Properties), item.AddressBookIds);
        }

        var media = await Media(from, originals, cancellation);
        var outcome = await Set(caller, to, new CardSet { IfInState = copy.IfInState, Create = create }, media, cancellation);
        return outcome with { NotCreated = outcome.NotCreated.Concat(missing).ToDictionary() };
    }

    /// <summary>The vCard of a card, as it is kept; null when the caller may not see it.</summary>
    public ValueTask<byte[]?> VCard(Caller caller, AccountId account, long id, CancellationToken cancellation) =>
        _database.Read(async scope =>
        {
            var rights = await ContactRights.Of(scope, caller, account);
            var row = (await CardTable.Find(scope, account, [id], withCard: false)).SingleOrDefault();
            return row is not null && rights.Sees(row.Books) ? (await CardTable.VCards(scope, account, [id]))[id] : null;
        }, cancellation);

    internal static ContactCard Show(CardRow row, ContactRights rights) => new()
    {
        Id = row.Id,
        AddressBookIds = [.. row.Books.Where(book => rights.May(Rights.Read, book))],
        Uid = row.Uid,
        Card = (JsonObject)JsonNode.Parse(row.Json!)!,
        ETag = row.ETag,
        Size = row.Size,
        CreatedSeq = row.CreatedSeq,
        ChangedSeq = row.ChangedSeq,
    };

    async Task<SetOutcome<ContactCard, ContactError>> Set(Caller caller, AccountId account, CardSet set, IReadOnlyDictionary<Platform.Blobs.BlobId, DataUri> known, CancellationToken cancellation)
    {
        var prepared = await Prepare(caller, account, set, cancellation, known);
        return (await _database.Write(scope => new CardSetRun(scope, caller, account, prepared).Run(set), cancellation))!;
    }

    /// <summary>The cards of the account that may be seen; a few more than the limit tell that there are too many.</summary>
    static async ValueTask<IReadOnlyList<long>> Visible(ReadScope scope, AccountId account, ContactRights rights, int limit)
    {
        if (rights.SeesAll) return await CardTable.Ids(scope, account, limit);
        var places = await PlaceTable.OfAccount(scope, account, Most * 2);
        return [.. places.Where(place => rights.Sees(place.Value)).Select(place => place.Key).Order().Take(limit)];
    }

    async ValueTask<CardSetPrepared> Prepare(
        Caller caller, AccountId account, CardSet set, CancellationToken cancellation, IReadOnlyDictionary<Platform.Blobs.BlobId, DataUri>? known = null)
    {
        var now = Now();
        var prepared = new CardSetPrepared();
        foreach (var (name, create) in set.Create)
            prepared.Create[name] = await _composer.Make(caller, account, Complete(create.Card, now), known ?? new Dictionary<Platform.Blobs.BlobId, DataUri>(), now, now, cancellation);
        if (set.Update.Count == 0) return prepared;
        var (rows, vCards) = await _database.Snapshot(async scope =>
        {
            var rights = await ContactRights.Of(scope, caller, account);
            var found = (await CardTable.Find(scope, account, [.. set.Update.Keys], withCard: true)).FindAll(row => rights.Sees(row.Books));
            // Only the octets of a card's media are taken from its vCard.
            var withMedia = found.FindAll(row => row.Json!.Contains("\"blobId\"", StringComparison.Ordinal)).ConvertAll(row => row.Id);
            return (found, withMedia.Count == 0 ? [] : await CardTable.VCards(scope, account, withMedia));
        }, cancellation);
        foreach (var row in rows)
        {
            if (set.Update[row.Id].Patch is not { } patch) continue;
            var media = vCards.TryGetValue(row.Id, out var vCard) ? CardComposer.MediaOf(vCard) : [];
            prepared.Update[row.Id] = (row.ChangedSeq, await Patched(caller, account, row, patch, media, now, cancellation));
        }

        return prepared;
    }

    async ValueTask<(CardContent?, ContactError?)> Patched(
        Caller caller, AccountId account, CardRow row, JsonObject patch, Dictionary<Platform.Blobs.BlobId, DataUri> media, DateTimeOffset now, CancellationToken cancellation)
    {
        var card = (JsonObject)JsonNode.Parse(row.Json!)!;
        if (JmapPatch.Apply(card, patch, out var error) is not { } patched) return (null, new ContactError(ContactFailure.InvalidPatch, error!.Description ?? "The patch cannot be applied."));
        foreach (var (name, value) in patched.ToList())
            if (value is null)
                patched.Remove(name);
        if (patched["uid"].AsText() != row.Uid) return (null, ContactError.Invalid("uid", "It makes the card the same everywhere, and stays."));
        if (!patch.ContainsKey("updated")) patched["updated"] = JmapDates.WriteUtc(now);
        return await _composer.Make(caller, account, patched, media, row.CreatedAt, now, cancellation);
    }

    async ValueTask<Dictionary<Platform.Blobs.BlobId, DataUri>> Media(AccountId account, IReadOnlyList<ContactCard> cards, CancellationToken cancellation)
    {
        var withMedia = cards.Where(card => CardDerivation.Entries(card.Card, "media").Any(media => media.ContainsKey("blobId"))).Select(card => card.Id).ToList();
        var media = new Dictionary<Platform.Blobs.BlobId, DataUri>();
        if (withMedia.Count == 0) return media;
        foreach (var vCard in (await _database.Read(scope => CardTable.VCards(scope, account, withMedia), cancellation)).Values)
            foreach (var (blob, data) in CardComposer.MediaOf(vCard))
                media[blob] = data;
        return media;
    }

    /// <summary>Moments of cards are of whole seconds, as vCard 3.0 has them.</summary>
    DateTimeOffset Now() => DateTimeOffset.FromUnixTimeSeconds(_time.GetUtcNow().ToUnixTimeSeconds());

    /// <summary>What every card says, where the client does not.</summary>
    static JsonObject Complete(JsonObject card, DateTimeOffset now)
    {
        var complete = (JsonObject)card.DeepClone();
        complete["@type"] ??= "Card";
        complete["version"] ??= "1.0";
        complete["uid"] ??= "urn:uuid:" + Guid.NewGuid().ToString("D");
        complete["created"] ??= JmapDates.WriteUtc(now);
        complete["updated"] ??= JmapDates.WriteUtc(now);
        return complete;
    }

    static JsonObject With(JsonObject original, JsonObject properties)
    {
        var card = (JsonObject)original.DeepClone();
        foreach (var (name, value) in properties)
        {
            if (value is null) card.Remove(name);
            else card[name] = value.DeepClone();
        }

        return card;
    }
}

using Bastide.Contacts.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Db;

namespace Bastide.Contacts;

/// <summary>
/// The photographs and sounds within cards. Each is named by its octets and kept in its card alone; when somebody who may read
/// the card asks, it is put into the blob store, from where the sweep takes it a day later.
/// </summary>
sealed class ContactBlobs(Database database, BlobStore blobs) : IBlobReferences
{
    public async ValueTask<bool> MayRead(Caller caller, AccountId account, BlobId blob, CancellationToken cancellation)
    {
        if (!caller.May(ContactRights.Scope)) return false;
        var vCard = await database.Read(async scope =>
        {
            var rights = await ContactRights.Of(scope, caller, account);
            if (rights.SeesNothing) return null;
            var rows = await CardTable.Find(scope, account, await CardTable.WithMedia(scope, account, blob), withCard: false);
            return rows.Find(row => rights.Sees(row.Books)) is { } seen ? (await CardTable.VCards(scope, account, [seen.Id]))[seen.Id] : null;
        }, cancellation);
        if (vCard is null) return false;
        if (await blobs.Size(blob, cancellation) is not null) return true;
        return CardComposer.MediaOf(vCard).TryGetValue(blob, out var data) && (await blobs.Put(data.Octets(), cancellation)).Id == blob;
    }

    /// <summary>None: the cards hold the octets themselves.</summary>
    public ValueTask<IReadOnlySet<BlobId>> ReferencedAmong(IReadOnlyList<BlobId> asked, CancellationToken cancellation) =>
        new(new HashSet<BlobId>());

    /// <summary>The cards that the caller may read and that hold these octets, by blob (RFC 9404 §4.3).</summary>
    public ValueTask<Dictionary<BlobId, List<long>>> Holders(Caller caller, AccountId account, IReadOnlyList<BlobId> asked, CancellationToken cancellation) =>
        database.Read(async scope =>
        {
            var rights = await ContactRights.Of(scope, caller, account);
            var holders = new Dictionary<BlobId, List<long>>();
            if (rights.SeesNothing) return holders;
            // Octets are no array parameter of one statement with their cards; each look-up is one step in an index.
            foreach (var blob in asked)
                if ((await CardTable.Find(scope, account, await CardTable.WithMedia(scope, account, blob), withCard: false)).FindAll(row => rights.Sees(row.Books)) is { Count: > 0 } rows)
                    holders[blob] = rows.ConvertAll(row => row.Id);
            return holders;
        }, cancellation);
}

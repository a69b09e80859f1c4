using System.Runtime.CompilerServices;
using System.Xml.Linq;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Protocols.Dav;

namespace Bastide.Contacts.Dav;

/// <summary>An address book (RFC 6352 §5.2).</summary>
/// <param name="dav">The module.</param>
/// <param name="home">The home it stands in.</param>
/// <param name="account">The account it is of; for the directory not that of the home.</param>
/// <param name="book">The address book.</param>
sealed class AddressBookCollection(CardDav dav, DavHome home, AccountId account, AddressBook book) : DavCollection(home.Path.Child(book.Resource), home), IDavShared
{
    const int Page = 500;

    /// <summary>How many octets of vCards are held at once, one at least.</summary>
    const long MostOctets = 8 * 1024 * 1024;

    static readonly XName[] Types = [CardDavNames.AddressBook];

    /// <summary>The address book.</summary>
    public AddressBook Book => book;

    /// <summary>The account it is of.</summary>
    public AccountId Account => account;

    public override Rights Rights => book.MyRights;

    public override IReadOnlyList<XName> ResourceTypes => Types;

    public override string? DisplayName => Home!.NameTold(book.Name);

    public override bool KeepsDeadProperties => true;

    public override IReadOnlyList<DavDeadProperty> DeadProperties => [.. book.Extra.Select(property => new DavDeadProperty(XName.Get(property.Key), property.Value))];

    public override Sequence? SyncState => book.CardsSeq;

    /// <summary>The directory is shared with everybody, and that is not for anybody to change.</summary>
    public override IDavShared? Shared => account == Home!.Account ? this : null;

    public override async IAsyncEnumerable<IReadOnlyList<DavNode>> Members(DavCall call, DavWanted wanted)
    {
        await foreach (var page in Cards(call, WithCards(wanted))) yield return page;
    }

    /// <summary>All cards, a page at a time, of few octets where they come with their vCards.</summary>
    public async IAsyncEnumerable<IReadOnlyList<CardResource>> Cards(DavCall call, bool withCards)
    {
        var after = "";
        while (await dav.Documents.List(call.Caller, account, book.Id, after, Page, call.Cancellation) is { Count: > 0 } page)
        {
            if (!withCards) yield return [.. page.Select(document => Node(call, document))];
            else await foreach (var part in Read(call, page, call.Cancellation)) yield return part;
            after = page[^1].Resource;
        }
    }

    /// <summary>The cards of these names, likewise.</summary>
    public async IAsyncEnumerable<IReadOnlyList<CardResource>> Cards(DavCall call, IReadOnlyList<string> names, bool withCards)
    {
        foreach (var some in names.Chunk(Page))
        {
            var found = await dav.Documents.Read(call.Caller, account, book.Id, some, withCards: false, call.Cancellation);
            if (!withCards) yield return [.. found.Select(document => Node(call, document))];
            else await foreach (var part in Read(call, found, call.Cancellation)) yield return part;
        }
    }

    public override async ValueTask<IReadOnlyList<DavNode>> Find(DavCall call, IReadOnlyList<string> names, DavWanted wanted) =>
        [.. (await dav.Documents.Read(call.Caller, account, book.Id, [.. names], WithCards(wanted), call.Cancellation)).Select(document => Node(call, document))];

    public override ValueTask<DavStored> Create(DavCall call, string name, DavUpload upload, DavGuard guard) => Put(call, name, upload, guard, DavNames.Bind);

    /// <summary>Stores a card under a name (RFC 6352 §6.3.2).</summary>
    public async ValueTask<DavStored> Put(DavCall call, string name, DavUpload upload, DavGuard guard, XName privilege)
    {
        if (!AddressData.IsVCard(upload.ContentType)) return DavError.Violated(CardDavNames.SupportedAddressData);
        if (await upload.ReadAll(ContactCards.MaxSize, call.Cancellation) is not { } octets) return DavError.Violated(CardDavNames.Of("max-resource-size"));
        var put = await dav.Documents.Put(call.Caller, account, book.Id, name, octets, Condition(guard), call.Cancellation);
        return DavErrors.Of(put, this, privilege) is { } error ? error : DavStored.As(CardResource.Quoted(put.ETag!));
    }

    public override async ValueTask<DavError?> Copy(DavCall call, DavTransfer transfer) =>
        IsOwn(transfer) ? await Transfer(call, transfer, isMove: false) : await base.Copy(call, transfer);

    public override async ValueTask<DavError?> Move(DavCall call, DavTransfer transfer) =>
        IsOwn(transfer) ? await Transfer(call, transfer, isMove: true) : await base.Move(call, transfer);

    public override async ValueTask<DavError?> Patch(DavCall call, IReadOnlyList<DavPropertyChange> changes, DavGuard guard)
    {
        var (update, extra) = (new AddressBookUpdate(), new Dictionary<string, string?>());
        foreach (var change in changes)
        {
            if (change.IsDead) extra[change.Name.ToString()] = change.Xml;
            else if (change.Name == DavNames.DisplayName) update = update with { Name = change.Text == DisplayName ? null : Home!.NameKept(change.Text) };
            else update = update with { Description = Protocols.Jmap.Optional.Of(change.Value is null ? null : change.Text) };
        }

        return await Set(call, new AddressBookSet { Update = new Dictionary<long, AddressBookUpdate> { [book.Id] = update with { Extra = extra } } }, DavNames.WriteProperties);
    }

    public override ValueTask<DavError?> Delete(DavCall call, DavGuard guard) => Set(call, new AddressBookSet { Destroy = [book.Id], OnDestroyRemoveContents = true }, DavNames.Unbind);

    /// <summary>Takes a card out.</summary>
    public async ValueTask<DavError?> Remove(DavCall call, string name, DavGuard guard)
    {
        var (refused, isPreconditionFailed) = await dav.Documents.Delete(call.Caller, account, book.Id, name, Condition(guard), call.Cancellation);
        if (isPreconditionFailed) return DavError.PreconditionFailed;
        return refused is null ? null : DavErrors.Of(refused, this, DavNames.Unbind);
    }

    public override async ValueTask<DavChanges?> Changes(DavCall call, Sequence? since, int limit, DavWanted wanted)
    {
        if (await dav.Documents.Changes(call.Caller, account, book.Id, since, limit, call.Cancellation) is not var (changes, next, hasMore)) return null;
        IEnumerable<CardDocument> changed = changes.Where(change => change.ETag is not null).Select(change => new CardDocument(change.Resource, change.ETag!, change.Size));
        if (WithCards(wanted)) changed = await dav.Documents.Read(call.Caller, account, book.Id, [.. changed.Select(document => document.Resource)], withCards: true, call.Cancellation);
        return new DavChanges([.. changed.Select(document => Node(call, document))], [.. changes.Where(change => change.ETag is null).Select(change => change.Resource)], next, hasMore);
    }

    public ValueTask<IReadOnlyList<Grant>?> Grants(DavCall call) => dav.Books.Grants(call.Caller, account, book.Id, call.Cancellation);

    public async ValueTask<DavError?> SetGrants(DavCall call, IReadOnlyDictionary<AccountId, Rights> grants, DavGuard guard)
    {
        var outcome = await dav.Books.Set(call.Caller, account, new AddressBookSet { Update = new Dictionary<long, AddressBookUpdate> { [book.Id] = new() { ShareWith = grants } } }, call.Cancellation);
        if ((outcome.Refused ?? outcome.NotUpdated.GetValueOrDefault(book.Id)) is not { } refused) return null;
        return refused.Failure == ContactFailure.InvalidProperties ? DavError.Violated(DavNames.Of("allowed-principal"), refused.Description) : DavErrors.Of(refused, this, DavNames.WriteAcl);
    }

    /// <summary>Reads the vCards of cards, so many at a time as are not too many octets.</summary>
    async IAsyncEnumerable<IReadOnlyList<CardResource>> Read(DavCall call, IReadOnlyList<CardDocument> documents, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var at = 0; at < documents.Count;)
        {
            var (names, octets) = (new List<string>(), 0L);
            while (at < documents.Count && (names.Count == 0 || octets + documents[at].Size <= MostOctets))
            {
                octets += documents[at].Size;
                names.Add(documents[at++].Resource);
            }

            var read = (await dav.Documents.Read(call.Caller, account, book.Id, names, withCards: true, cancellation)).ToDictionary(document => document.Resource);
            yield return [.. names.Where(read.ContainsKey).Select(name => Node(call, read[name]))];
        }
    }

    async ValueTask<DavError?> Set(DavCall call, AddressBookSet set, XName privilege)
    {
        var outcome = await dav.Books.Set(call.Caller, account, set, call.Cancellation);
        var refused = outcome.Refused ?? outcome.NotUpdated.Values.Concat(outcome.NotDestroyed.Values).FirstOrDefault();
        return refused is null ? null : DavErrors.Of(refused, this, privilege);
    }

    async ValueTask<DavError?> Transfer(DavCall call, DavTransfer transfer, bool isMove)
    {
        var source = (CardResource)transfer.Source;
        var put = await dav.Documents.Transfer(
            call.Caller, account, (source.Parent.Book.Id, source.Document.Resource), (book.Id, transfer.Name), isMove, Condition(transfer.SourceGuard), call.Cancellation);
        return DavErrors.Of(put, this, DavNames.Bind);
    }

    /// <summary>Whether the card is of the same account, so that it stays the card it is.</summary>
    bool IsOwn(DavTransfer transfer) => transfer.Source is CardResource source && source.Parent.Account == account;

    CardResource Node(DavCall call, CardDocument document) => new(this, Path.Child(document.Resource), document, AddressData.VersionFor(call.Http.Request));

    static bool WithCards(DavWanted wanted) => wanted.Has(CardDavNames.AddressData);

    static Func<string?, bool> Condition(DavGuard guard) => etag =>
        (!guard.MustBeNew || etag is null) && (guard.ETag is null || (etag is not null && guard.ETag == CardResource.Quoted(etag)));
}

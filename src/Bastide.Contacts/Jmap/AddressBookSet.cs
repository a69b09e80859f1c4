using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Bastide.Protocols.Jmap;

namespace Bastide.Contacts.Jmap;

/// <summary><c>AddressBook/set</c>. RFC 9610 §2.3.</summary>
sealed class AddressBookSet(AddressBooks books)
{
    const string ShareWith = "shareWith";

    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = SetRequest.Parse(call, hasOwn: true);
        var removesContents = call.Arguments.Flag("onDestroyRemoveContents");
        var isDefault = call.Arguments.TextOrNull("onSuccessSetIsDefault");
        var answer = new SetAnswer(call, request);
        var create = new Dictionary<string, AddressBookCreate>();
        foreach (var (creationId, properties) in request.Create)
        {
            var (book, error) = ReadCreate(properties);
            if (book is not null) create[creationId] = book;
            else answer.NotCreated(creationId, error!);
        }

        var outcome = await books.Set(call.Caller, call.Account, new Contacts.AddressBookSet
        {
            IfInState = request.IfInState,
            Create = create,
            Update = await ReadUpdates(call, request.Updates(WireId.AddressBook, answer), answer),
            Destroy = request.Destroys(WireId.AddressBook, answer),
            OnDestroyRemoveContents = removesContents,
            // Nothing is made the default when anything was refused.
            OnSuccessSetIsDefault = answer.HasRefused ? null : WireId.AddressBook.Resolve(isDefault, call.Created),
            OnSuccessSetIsDefaultCreation = answer.HasRefused || isDefault is not ['#', .. var creation] ? null : creation,
        }, call.Cancellation);
        return answer.Answer(
            outcome,
            WireId.AddressBook,
            SetErrors.From,
            (creationId, book) => (book.Id, AddressBookProperties.All.ServerSet(book, request.Create.First(c => c.Key == creationId).Value)),
            book => new JsonObject { ["isDefault"] = book.IsDefault });
    }

    static (AddressBookCreate? Book, SetError? Error) ReadCreate(JsonObject given)
    {
        var invalid = new InvalidProperties();
        if (given["name"].AsText() is null) invalid.Add("name", "an address book has a name.");
        foreach (var (property, _) in given)
            if (IsFixed(property))
                invalid.Add(property, AddressBookProperties.All.Names.Contains(property) ? "the server sets it." : "there is no such property.");
        var update = ReadCommon(given, invalid);
        if (invalid.Any) return (null, invalid.ToError());
        return (new AddressBookCreate
        {
            Name = update.Name!,
            Description = update.Description.Value,
            SortOrder = update.SortOrder ?? 0,
            IsSubscribed = update.IsSubscribed,
            ShareWith = update.ShareWith ?? new Dictionary<AccountId, Rights>(),
        }, null);
    }

    async ValueTask<Dictionary<long, AddressBookUpdate>> ReadUpdates(JmapCall call, Dictionary<long, JsonObject> patches, SetAnswer answer)
    {
        var repeated = patches.Where(p => p.Value.Any(v => IsFixed(v.Key))).Select(p => p.Key).ToList();
        var present = repeated.Count == 0 ? [] : (await books.Get(call.Caller, call.Account, repeated, call.Cancellation)).Found.ToDictionary(book => book.Id);
        var updates = new Dictionary<long, AddressBookUpdate>();
        foreach (var (id, patch) in patches)
        {
            var invalid = new InvalidProperties();
            if (patch.ContainsKey("name") && patch["name"].AsText() is null) invalid.Add("name", "an address book has a name.");
            var update = ReadCommon(patch, invalid);
            if (present.TryGetValue(id, out var book)) AddressBookProperties.All.CheckUnchanged(book, patch.Where(v => IsFixed(v.Key)), invalid);
            if (invalid.Any) answer.NotUpdated(WireId.AddressBook.Write(id), invalid.ToError());
            else updates[id] = update;
        }

        return updates;
    }

    static bool IsFixed(string path) =>
        path is not ("name" or "description" or "sortOrder" or "isSubscribed" or ShareWith) && !path.StartsWith(ShareWith + "/", StringComparison.Ordinal);

    static AddressBookUpdate ReadCommon(JsonObject given, InvalidProperties invalid)
    {
        Optional<string> description = default;
        if (given.TryGetPropertyValue("description", out var text))
        {
            if (text is null || text.AsText() is not null) description = Optional.Of(text.AsText());
            else invalid.Add("description", "it is a text or null.");
        }

        long? sortOrder = null;
        if (given.ContainsKey("sortOrder"))
        {
            sortOrder = given["sortOrder"] is { } node ? node.AsUnsigned() : 0;
            if (sortOrder is null or > int.MaxValue) invalid.Add("sortOrder", "it is a number from 0 to 2³¹−1.");
        }

        bool? isSubscribed = null;
        if (given["isSubscribed"] is { } subscribed && (isSubscribed = subscribed.AsFlag()) is null) invalid.Add("isSubscribed", "it is true or false.");
        return new AddressBookUpdate
        {
            Name = given["name"].AsText(),
            Description = description,
            SortOrder = sortOrder,
            IsSubscribed = isSubscribed,
            ShareWith = given.TryGetPropertyValue(ShareWith, out var all) ? ReadShares(all as JsonObject, all is null or JsonObject, invalid) : null,
            Shares = ReadSingleShares(given, invalid),
        };
    }

    static Dictionary<AccountId, Rights> ReadShares(JsonObject? all, bool isObject, InvalidProperties invalid)
    {
        var shares = new Dictionary<AccountId, Rights>();
        if (!isObject) invalid.Add(ShareWith, "it is an object of rights by the ids of people, or null.");
        foreach (var (id, rights) in all ?? [])
        {
            if (!AccountId.TryParse(id, null, out var person)) invalid.Add(ShareWith, $"there is nobody with the id {id}.");
            else if (AddressBookProperties.Read(rights, ShareWith, invalid) is { } given) shares[person] = given;
        }

        return shares;
    }

    /// <summary>The rights of single people: <c>shareWith/a5</c>, null to take them away, or <c>shareWith/a5/mayWrite</c> on its own, which is refused.</summary>
    static Dictionary<AccountId, Rights> ReadSingleShares(JsonObject given, InvalidProperties invalid)
    {
        var shares = new Dictionary<AccountId, Rights>();
        foreach (var (path, rights) in given)
        {
            if (!path.StartsWith(ShareWith + "/", StringComparison.Ordinal)) continue;
            if (JmapPatch.Split(path) is not [_, var id] || !AccountId.TryParse(id, null, out var person)) invalid.Add(path, "rights are given whole, by the id of a person.");
            else if (rights is null) shares[person] = Rights.None;
            else if (AddressBookProperties.Read(rights, path, invalid) is { } read) shares[person] = read;
        }

        return shares;
    }
}

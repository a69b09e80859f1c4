using Bastide.Platform.Accounts;
using Bastide.Protocols.Dav;

namespace Bastide.Contacts.Dav;

/// <summary><c>/dav/addressbooks/ADDRESS/</c>: the address books of an account (RFC 6352 §7.1.1).</summary>
sealed class AddressBookHome(CardDav dav, DavHome home, Rights whole) : DavCollection(home.Path, home)
{
    const string New = "new";

    /// <summary>Where single address books alone are shared, one sees the way to them.</summary>
    public override Rights Rights => whole == Rights.None ? Rights.Lookup : whole;

    public override async IAsyncEnumerable<IReadOnlyList<DavNode>> Members(DavCall call, DavWanted wanted)
    {
        yield return await dav.BooksOf(call, Home!);
    }

    public override async ValueTask<IReadOnlyList<DavNode>> Find(DavCall call, IReadOnlyList<string> names, DavWanted wanted) =>
        [.. (await dav.BooksOf(call, Home!)).Where(book => names.Contains(book.Path.Name))];

    /// <summary>Makes an address book, and nothing else (RFC 6352 §6.3.1, RFC 5689).</summary>
    public override async ValueTask<DavError?> MakeCollection(DavCall call, string name, DavNewCollection collection, DavGuard guard)
    {
        if (collection.ResourceTypes is not [var type] || type != CardDavNames.AddressBook) return DavError.Violated(DavNames.Of("valid-resourcetype")) with { Property = DavNames.ResourceType };
        if (collection.Properties.FirstOrDefault(property => !property.IsDead && property.Name != DavNames.DisplayName && property.Name != CardDavNames.Description) is { } unknown) return DavError.Forbidden with { Property = unknown.Name };
        var outcome = await dav.Books.Set(call.Caller, Home!.Account, new AddressBookSet
        {
            Create = new Dictionary<string, AddressBookCreate>
            {
                [New] = new()
                {
                    Resource = name,
                    Name = collection.Properties.LastOrDefault(property => property.Name == DavNames.DisplayName)?.Text is { Length: > 0 } called ? Home!.NameKept(called) : name,
                    Extra = collection.Properties.Where(property => property.IsDead).GroupBy(property => property.Name.ToString()).ToDictionary(group => group.Key, group => group.Last().Xml),
                    Description = collection.Properties.LastOrDefault(property => property.Name == CardDavNames.Description)?.Text,
                },
            },
        }, call.Cancellation);
        return (outcome.Refused ?? outcome.NotCreated.GetValueOrDefault(New)) is { } refused ? DavErrors.Of(refused, this, DavNames.Bind) : null;
    }
}

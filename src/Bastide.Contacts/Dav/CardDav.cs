using System.Globalization;
using Bastide.Contacts.Dav.Reports;
using Bastide.Contacts.Store;
using Bastide.Platform.Accounts;
using Bastide.Protocols.Dav;

namespace Bastide.Contacts.Dav;

/// <summary>
/// CardDAV (RFC 6352) on the engine of WebDAV: <c>/dav/addressbooks/ADDRESS/BOOK/CARD</c>. In everybody's own home the
/// organisation's directory stands beside their address books.
/// </summary>
sealed class CardDav(AddressBooks books, CardDocuments documents) : IDavModule, IDavHomes
{
    const int MaxDescription = AddressBooks.MaxDescription;

    public string Name => "addressbooks";

    public string Scope => ContactRights.Scope;

    public AddressBooks Books => books;

    public CardDocuments Documents => documents;

    public void Register(DavTable table)
    {
        table.AddNamespace("CR", CardDavNames.CardDav);
        table.AddHomes(this);
        table.AddFeature("addressbook");
        table.AddWellKnown("carddav");
        table.AddProperty(DavProperty.Hrefs<DavPrincipal>(CardDavNames.Of("addressbook-home-set"), HomeSet));
        // RFC 6352 §7.1.2: the card of the directory, which stands in the home of whoever asks.
        table.AddProperty(DavProperty.Hrefs<DavPrincipal>(CardDavNames.Of("principal-address"), (call, principal) =>
            call.Caller.May(Scope) ? [$"{call.HomeHref(Name, call.Caller.Address)}{OrganisationDirectory.Resource}/{OrganisationDirectory.NameOf(principal.Entry.Account)}"] : null));
        table.AddProperty(DavProperty.Text<AddressBookCollection>(
            CardDavNames.Description, node => node.Book.Description, check: value => value?.Value.Length > MaxDescription ? DavError.Forbidden : null));
        table.AddProperty(DavProperty.Text<AddressBookCollection>(CardDavNames.Of("max-resource-size"), _ => ContactCards.MaxSize.ToString(CultureInfo.InvariantCulture)));
        table.AddProperty(DavProperty.Content<AddressBookCollection>(CardDavNames.SupportedAddressData, (xml, _, _) => AddressData.WriteSupported(xml)));
        table.AddProperty(DavProperty.Content<AddressBookCollection>(CardDavNames.Of("supported-collation-set"), (xml, _, _) =>
        {
            foreach (var name in DavCollation.Names) xml.Element(CardDavNames.Of("supported-collation"), name);
        }));
        table.AddProperty(DavProperty.Content<CardResource>(CardDavNames.AddressData, (xml, card, asked) => xml.Text(AddressData.Of(card.Document, asked)), card => card.Document.VCard is not null));
        table.AddReport(CardDavNames.Of("addressbook-query"), node => node is AddressBookCollection or CardResource, AddressBookQuery.Handle);
        table.AddReport(CardDavNames.Of("addressbook-multiget"), node => node is AddressBookCollection or CardResource, AddressBookMultiget.Handle);
    }

    public async ValueTask<IReadOnlyList<DavCollection>> Homes(DavCall call, IReadOnlyList<DavHome> homes, DavWanted wanted)
    {
        var seen = await books.Seen(call.Caller, [.. homes.Select(home => home.Account)], call.Cancellation);
        return [.. homes.Where(home => seen.ContainsKey(home.Account)).Select(home => new AddressBookHome(this, home, seen[home.Account]))];
    }

    public async ValueTask<DavNode?> Find(DavCall call, DavHome home, IReadOnlyList<string> names, DavWanted wanted)
    {
        if (names.Count > 2 || await FindBook(call, home, names[0]) is not { } book) return null;
        call.Pass(book);
        return names.Count == 1 ? book : await book.Find(call, [names[1]], wanted) is [var card] ? card : null;
    }

    /// <summary>The address books of a home, the directory among them where it is the caller's own.</summary>
    public async ValueTask<IReadOnlyList<AddressBookCollection>> BooksOf(DavCall call, DavHome home)
    {
        var (found, _) = await books.Get(call.Caller, home.Account, null, call.Cancellation);
        var collections = found.Select(book => new AddressBookCollection(this, home, home.Account, book)).ToList();
        if (home.Account == call.Caller.Person && await DirectoryOf(call, home) is { } directory) collections.Add(directory);
        return collections;
    }

    async ValueTask<AddressBookCollection?> FindBook(DavCall call, DavHome home, string name)
    {
        if (name == OrganisationDirectory.Resource) return home.Account == call.Caller.Person ? await DirectoryOf(call, home) : null;
        return await books.Find(call.Caller, home.Account, name, call.Cancellation) is { } book ? new AddressBookCollection(this, home, home.Account, book) : null;
    }

    async ValueTask<AddressBookCollection?> DirectoryOf(DavCall call, DavHome home) =>
        await books.Directory(call.Caller, call.Cancellation) is var (account, book) ? new AddressBookCollection(this, home, account, book) : null;

    /// <summary>
    /// Where somebody's address books are (RFC 6352 §7.1.1); for the caller also those of teams and of people who share theirs,
    /// behind their own, because some clients read the first alone.
    /// </summary>
    async ValueTask<IReadOnlyList<string>?> HomeSet(DavCall call, DavPrincipal principal)
    {
        if (!call.Caller.May(Scope)) return null;
        var own = call.HomeHref(Name, principal.Entry.Address);
        if (!principal.IsCaller || await call.Find(call.Mount.Child(Name), DavWanted.None) is not DavCollection all) return [own];
        var hrefs = new List<string> { own };
        await foreach (var page in all.Members(call, DavWanted.None)) hrefs.AddRange(page.Select(home => home.Href).Where(href => href != own));
        return hrefs;
    }
}

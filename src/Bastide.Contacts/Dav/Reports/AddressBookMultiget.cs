using System.Xml.Linq;
using Bastide.Protocols.Dav;

namespace Bastide.Contacts.Dav.Reports;

/// <summary><c>CARDDAV:addressbook-multiget</c>: the cards at these addresses. RFC 6352 §8.7.</summary>
static class AddressBookMultiget
{
    public static async ValueTask Handle(DavCall call, DavNode node, XElement body)
    {
        var wanted = call.Wanted(body);
        AddressData.Check(wanted);
        var book = node as AddressBookCollection ?? ((CardResource)node).Parent;
        var names = new List<string>();
        var missing = new List<string>();
        foreach (var href in body.Elements(DavNames.Href).Select(element => element.Value.Trim()))
        {
            if (call.Resolve(href) is { } path && path.Parent?.Equals(book.Path) == true) names.Add(path.Name);
            else missing.Add(href);
        }

        using var answer = call.BeginMultistatus(wanted);
        var withCards = wanted.Has(CardDavNames.AddressData);
        var found = new HashSet<string>();
        await foreach (var page in book.Cards(call, [.. names.Distinct()], withCards))
        {
            found.UnionWith(page.Select(card => card.Document.Resource));
            await answer.Write(page);
        }

        foreach (var href in names.Distinct().Where(name => !found.Contains(name)).Select(name => book.Path.Child(name).Href).Concat(missing)) await answer.Write(href, DavError.NotFound);
        await answer.End();
    }
}

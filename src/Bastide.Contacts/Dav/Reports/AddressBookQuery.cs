using System.Globalization;
using System.Xml.Linq;
using Bastide.Contacts.Dav.Filters;
using Bastide.Protocols.Dav;
using Bastide.Protocols.VCard;

namespace Bastide.Contacts.Dav.Reports;

/// <summary><c>CARDDAV:addressbook-query</c>: the cards that a filter picks. RFC 6352 §8.6.</summary>
static class AddressBookQuery
{
    public static async ValueTask Handle(DavCall call, DavNode node, XElement body)
    {
        var wanted = call.Wanted(body);
        AddressData.Check(wanted);
        var filter = body.Element(CardDavNames.Of("filter")) is { } element ? AddressBookFilter.Read(element) : AddressBookFilter.All;
        var most = LimitOf(body);
        using var answer = call.BeginMultistatus(wanted);
        var found = 0;
        await foreach (var page in Candidates(call, node))
        {
            var matching = page.Where(card => CardReader.Read(card.Document.VCard!.Value).Card is { } read && filter.Matches(read)).ToList();
            var told = matching.Take(most - found).ToList();
            await answer.Write(told);
            found += told.Count;
            if (told.Count == matching.Count) continue;
            // RFC 6352 §8.6.1: there are more than the client takes.
            await answer.Write(node.Href, new DavError(507, DavNames.Of("number-of-matches-within-limits")));
            break;
        }

        await answer.End();
    }

    /// <summary>Interop: clients that mean the cards do not all say <c>Depth: 1</c>; who says 0 asks about the address book alone.</summary>
    static async IAsyncEnumerable<IReadOnlyList<CardResource>> Candidates(DavCall call, DavNode node)
    {
        if (node is CardResource card)
        {
            await foreach (var page in card.Parent.Cards(call, [card.Document.Resource], withCards: true)) yield return page;
        }
        else if (call.Http.Request.Headers["Depth"] != "0")
        {
            await foreach (var page in ((AddressBookCollection)node).Cards(call, withCards: true)) yield return page;
        }
    }

    static int LimitOf(XElement body)
    {
        if (body.Element(CardDavNames.Of("limit"))?.Element(CardDavNames.Of("nresults")) is not { } limit) return int.MaxValue;
        return int.TryParse(limit.Value.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most > 0
            ? most
            : throw new DavException(DavError.BadRequest("nresults is a number above 0."));
    }
}

using System.Xml.Linq;
using Bastide.Abstractions.Identity;
using Bastide.Protocols.Dav.Principals;

namespace Bastide.Protocols.Dav.Reports;

/// <summary>
/// <c>DAV:principal-property-search</c>: people and teams whose name or address has a text in it, at the beginning of a word.
/// RFC 3744 §9.4.
/// </summary>
static class PrincipalPropertySearch
{
    const int Most = 100;

    public static async ValueTask Handle(DavCall call, DavNode node, XElement body)
    {
        var searches = body.Elements(DavNames.Of("property-search")).Select(Search.Read).ToList();
        if (searches.Count == 0 || searches.Exists(search => search.Text.Length == 0))
        {
            await call.Answer(DavError.BadRequest("A DAV:property-search names properties and a text to match."));
            return;
        }

        var found = await Find(call, searches, isAny: body.Attribute("test")?.Value == "anyof");
        using var answer = call.BeginMultistatus(call.Wanted(body));
        await answer.Write([.. found.Select(entry => PrincipalTree.Principal(call, entry))]);
        await answer.End();
    }

    static async ValueTask<IEnumerable<DirectoryEntry>> Find(DavCall call, List<Search> searches, bool isAny)
    {
        // What can be searched is in the directory; nothing else matches, and where all must, nothing does.
        var searchable = searches.FindAll(search => search.Properties.Exists(call.Table.PrincipalSearches.ContainsKey));
        if (searchable.Count == 0 || (!isAny && searchable.Count < searches.Count)) return [];
        var found = new List<DirectoryEntry>();
        foreach (var search in isAny ? searchable : searchable[..1]) found.AddRange(await call.Engine.Directory.Complete(call.Caller, search.Text, Most, call.Cancellation));
        var distinct = found.DistinctBy(entry => entry.Account);
        return isAny ? distinct : distinct.Where(entry => searchable.TrueForAll(search => search.Matches(entry)));
    }

    sealed record Search(List<XName> Properties, string Text)
    {
        public static Search Read(XElement element) => new(
            [.. element.Elements(DavNames.Prop).Elements().Select(property => property.Name)],
            TextOf(element.Element(DavNames.Of("match"))?.Value.Trim() ?? ""));

        public bool Matches(DirectoryEntry entry) => entry.Aliases.Append(entry.Address).Append(entry.Name).Any(text => text.Contains(Text, StringComparison.OrdinalIgnoreCase));

        static string TextOf(string match) => match.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? match[7..] : match;
    }
}

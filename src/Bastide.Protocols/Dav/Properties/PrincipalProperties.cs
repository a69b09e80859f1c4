using Bastide.Abstractions.Identity;
using Bastide.Platform.Accounts;

namespace Bastide.Protocols.Dav.Properties;

/// <summary>The properties of principals (RFC 3744 §4). Who is in which team is told to those who are in it.</summary>
static class PrincipalProperties
{
    const int MostMembers = 1000;

    public static void Register(DavTable table)
    {
        table.AddPrincipalSearch(DavNames.DisplayName, "Name");
        table.AddPrincipalSearch(DavNames.Of("alternate-URI-set"), "Address");
        table.AddProperty(DavProperty.Hrefs<DavPrincipal>(DavNames.Of("principal-URL"), (_, principal) => [principal.Href]));
        table.AddProperty(DavProperty.Hrefs<DavPrincipal>(DavNames.Of("alternate-URI-set"), (_, principal) => [.. principal.Entry.Aliases.Prepend(principal.Entry.Address).Select(address => "mailto:" + address)]));
        table.AddProperty(DavProperty.Hrefs<DavPrincipal>(DavNames.Of("group-membership"), Memberships));
        table.AddProperty(DavProperty.Hrefs<DavPrincipal>(DavNames.Of("group-member-set"), Members));
    }

    static async ValueTask<IReadOnlyList<string>?> Memberships(DavCall call, DavPrincipal principal) =>
        principal.IsCaller ? Hrefs(call, await call.Engine.Teams.TeamsOf(principal.Entry.Account, call.Cancellation)) : [];

    static async ValueTask<IReadOnlyList<string>?> Members(DavCall call, DavPrincipal principal)
    {
        if (principal.Entry.Kind != AccountKind.Team) return [];
        var members = await call.Engine.Teams.MembersOf(principal.Entry.Account, MostMembers, call.Cancellation);
        return members.Any(member => member.Account == call.Caller.Person) ? Hrefs(call, members) : [];
    }

    static List<string> Hrefs(DavCall call, IReadOnlyList<DirectoryEntry> entries) => [.. entries.Where(entry => !entry.Disabled).Select(entry => call.PrincipalHref(entry.Address))];
}

using System.Xml.Linq;
using Bastide.Abstractions.Http;
using Bastide.Abstractions.Identity;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;
using Bastide.Platform.Limits;
using Bastide.Platform.Settings;
using Bastide.Protocols.Dav.Locks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Bastide.Protocols.Dav;

/// <summary>
/// WebDAV (RFC 4918, classes 1, 2 and 3) over the trees that modules register: it finds the verb, the node and the conditions,
/// and knows no type of data. Verbs are in <c>Verbs/</c>, reports in <c>Reports/</c>, one file each.
/// </summary>
sealed class DavEngine(DavTable table, DavTree tree, DavLocks locks, IDirectory directory, ITeamMembership teams, Database database, DavLimits limits, Limiter limiter, BastideSettings settings)
{
    readonly ConcurrencyLimit _atOnce = new("dav-requests", limits.ConcurrentRequests);

    public DavTable Table => table;

    public DavTree Tree => tree;

    public DavLocks Locks => locks;

    public DavLimits Limits => limits;

    public Database Database => database;

    public IDirectory Directory => directory;

    public ITeamMembership Teams => teams;

    /// <summary>Answers one request below the address that the mount begins at.</summary>
    public async Task Handle(HttpContext context, DavPath mount)
    {
        var caller = context.RequiredCaller();
        using var place = limiter.TryEnter(_atOnce, caller.Person.ToString());
        if (place is null)
        {
            context.Response.Headers.RetryAfter = "1";
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return;
        }

        // The path as it was sent: what the server makes of it has lost what must not be decoded.
        if (!DavPath.TryParse(PathOf(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget), mount, out var path))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var call = new DavCall(this, context, caller, mount, path);
        try
        {
            await Answer(call);
        }
        catch (DavException refused) when (!context.Response.HasStarted)
        {
            await call.Answer(refused.Error);
        }
    }

    /// <summary>The path of an address with this host, or of one that begins with a slash; null for any other.</summary>
    public DavPath? Resolve(DavCall call, string address)
    {
        if (!address.StartsWith('/'))
        {
            if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")) return null;
            var isHere = uri.Authority.Equals(call.Http.Request.Host.Value, StringComparison.OrdinalIgnoreCase) || uri.Authority.Equals(settings.Url.Authority, StringComparison.OrdinalIgnoreCase);
            if (!isHere) return null;
        }

        return DavPath.TryParse(PathOf(address), call.Mount, out var path) ? path : null;
    }

    /// <summary>What the element's <c>DAV:prop</c>, <c>DAV:allprop</c> or <c>DAV:propname</c> asks for; all where there is none of them.</summary>
    public DavWanted Wanted(XElement? body)
    {
        if (body?.Element(DavNames.Prop) is { } prop) return Named(Bounded(prop));
        if (body?.Element(DavNames.Of("propname")) is not null) return new DavWanted(DavWantedMode.Names, [], dead: true);
        return new DavWanted(DavWantedMode.All, body?.Element(DavNames.Of("include")) is { } include ? Bounded(include) : [], dead: true);
    }

    /// <summary>These properties.</summary>
    public DavWanted Named(IReadOnlyList<XElement> asked) => new(DavWantedMode.Named, asked, asked.Any(element => !table.KnowsProperty(element.Name)));

    /// <summary>The accounts the caller reaches, the caller's own first, with their primary addresses.</summary>
    public async ValueTask<IReadOnlyList<DirectoryEntry>> ReachedBy(DavCall call)
    {
        var reached = await database.Read(scope => Access.Reachable(scope, call.Caller), call.Cancellation);
        List<AccountId> accounts = [call.Caller.Person, .. reached.Select(r => r.Account.Id).Where(id => id != call.Caller.Person)];
        var entries = (await directory.Find(accounts, call.Cancellation)).ToDictionary(entry => entry.Account);
        return [.. accounts.Where(entries.ContainsKey).Select(account => entries[account]).Where(entry => !entry.Disabled)];
    }

    static async ValueTask Answer(DavCall call)
    {
        var method = call.Http.Request.Method;
        if (call.Table.CoreVerb(method) is { } core)
        {
            await core(call);
            return;
        }

        if (!call.Table.KnowsVerb(method))
        {
            await call.Answer(StatusCodes.Status501NotImplemented);
            return;
        }

        if (call.Table.Verb(method, await call.Target()) is { } verb) await verb(call);
        else await call.AnswerNotAllowed();
    }

    List<XElement> Bounded(XElement names)
    {
        var asked = names.Elements().Take(limits.Properties + 1).ToList();
        return asked.Count <= limits.Properties ? asked : throw new DavException(DavError.BadRequest($"At most {limits.Properties} properties are asked for at once."));
    }

    /// <summary>What stands between the authority and the query.</summary>
    static string PathOf(string address)
    {
        if (!address.StartsWith('/') && address.IndexOf("://", StringComparison.Ordinal) is var scheme and > 0)
            address = address.IndexOf('/', scheme + 3) is var slash and > 0 ? address[slash..] : "/";
        return address.IndexOf('?', StringComparison.Ordinal) is var query and >= 0 ? address[..query] : address;
    }
}

using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Bastide.Abstractions.Http;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;
using Bastide.Platform.Settings;
using Microsoft.AspNetCore.Http;

namespace Bastide.Protocols.Jmap;

/// <summary><c>GET /jmap/session</c>: capabilities, accounts and addresses. RFC 8620 §2.</summary>
sealed class SessionResource(JmapMethodTable table, Database database, BastideSettings settings)
{
    public async Task Handle(HttpContext context)
    {
        var session = await Make(context.RequiredCaller(), context.RequestAborted);
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-cache, no-store, must-revalidate";
        JmapJson.Write(context.Response.BodyWriter, session);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    /// <summary>The state of the session object: it changes when what it says does.</summary>
    public async ValueTask<string> State(Caller caller, CancellationToken cancellation) => (string)(await Make(caller, cancellation))["state"]!;

    async ValueTask<JsonObject> Make(Caller caller, CancellationToken cancellation)
    {
        var reachable = await database.Read(async scope =>
        {
            var own = await AccountTable.Find(scope, caller.Person);
            var others = await Access.Reachable(scope, caller);
            return own is null ? others : [(own, Rights.Owner), .. others.Where(o => o.Account.Id != own.Id)];
        }, cancellation);
        var accounts = new JsonObject();
        var primary = new JsonObject();
        var told = new SessionAccount(table);
        foreach (var (account, rights) in reachable)
        {
            var json = told.Of(caller, account, rights);
            accounts[account.Id.ToString()] = json;
            // What only belongs to accounts (RFC 9670 §1.5.2) has no primary one.
            if (account.Id == caller.Person)
                foreach (var (uri, _) in (JsonObject)json["accountCapabilities"]!)
                    if (table.Capabilities[uri].Session(caller) is not null)
                        primary[uri] = account.Id.ToString();
        }

        var origin = settings.Url.GetLeftPart(UriPartial.Authority);
        var session = new JsonObject
        {
            ["capabilities"] = new JsonObject(table.Capabilities.Select(c => KeyValuePair.Create(c.Key, (JsonNode?)c.Value.Session(caller))).Where(c => c.Value is not null)),
            ["accounts"] = accounts,
            ["primaryAccounts"] = primary,
            ["username"] = caller.Address,
            ["apiUrl"] = origin + "/jmap/api",
            ["downloadUrl"] = origin + "/jmap/download/{accountId}/{blobId}/{name}?type={type}",
            ["uploadUrl"] = origin + "/jmap/upload/{accountId}/",
            ["eventSourceUrl"] = origin + "/jmap/eventsource?types={types}&closeafter={closeafter}&ping={ping}",
        };
        session["state"] = Convert.ToHexStringLower(SHA256.HashData(JmapJson.ToOctets(session).Span).AsSpan(0, 8));
        return session;
    }
}

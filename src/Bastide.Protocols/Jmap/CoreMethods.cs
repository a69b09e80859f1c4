using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Platform.Settings;

namespace Bastide.Protocols.Jmap;

/// <summary>The methods every server has: <c>Core/echo</c> (RFC 8620 §4), <c>Blob/copy</c> (§6.3), <c>Quota/get</c> (RFC 9425 §4.1).</summary>
sealed class CoreMethods(JmapLimits limits, Database database, BlobUploads uploads, BastideSettings settings) : IJmapMethods
{
    const string Core = "urn:ietf:params:jmap:core";
    const string Quota = "urn:ietf:params:jmap:quota";

    public void Register(JmapMethodTable table)
    {
        table.AddCapability(Core, _ => limits.ToJson(), (_, _, _) => []);
        table.Add("Core/echo", Core, call => ValueTask.FromResult((JsonObject)call.Arguments.DeepClone()), needsAccount: false);
        table.Add("Blob/copy", Core, BlobCopy);
        // RFC 8887 §3: the address, and that push comes over it.
        var socket = (settings.Url.Scheme == Uri.UriSchemeHttps ? "wss://" : "ws://") + settings.Url.Authority + "/jmap/ws";
        table.AddCapability(JmapWebSocket.Capability, _ => new JsonObject { ["url"] = socket, ["supportsPush"] = true }, (_, _, _) => null);
        table.AddCapability(Quota, _ => [], (_, _, rights) => rights.HasFlag(Rights.Read) ? [] : null);
        table.Add("Quota/get", Quota, QuotaGet);
    }

    async ValueTask<JsonObject> BlobCopy(JmapCall call)
    {
        if (!AccountId.TryParse(call.Arguments.Text("fromAccountId"), null, out var from) || await call.RightsOn(from) is null)
            throw new JmapException("fromAccountNotFound", "There is no such account to copy from.");
        var ids = call.Arguments.TextsOrNull("blobIds") ?? throw JmapException.InvalidArguments("blobIds is missing: it is a list of ids.");
        if (ids.Count > limits.MaxObjectsInSet) throw new JmapException("requestTooLarge", $"At most {limits.MaxObjectsInSet} blobs can be copied at once.");
        if (!call.AccountRights.HasFlag(Rights.Write)) throw new JmapException("accountReadOnly", "You may not add anything to this account.");
        var copied = new JsonObject();
        var notCopied = new JsonObject();
        foreach (var id in ids)
        {
            if (BlobId.TryParse(id, null, out var blob) && await uploads.MayRead(call.Caller, from, blob, call.Cancellation))
            {
                await uploads.Note(call.Account, blob, call.Cancellation);
                copied[id] = id;
            }
            else
            {
                notCopied[id] = SetError.NotFound.ToJson();
            }
        }

        return new JsonObject
        {
            ["fromAccountId"] = from.ToString(),
            ["accountId"] = call.Account.ToString(),
            ["copied"] = copied.Count == 0 ? null : copied,
            ["notCopied"] = notCopied.Count == 0 ? null : notCopied,
        };
    }

    static readonly HashSet<string> QuotaProperties = ["id", "resourceType", "used", "hardLimit", "scope", "name", "types", "warnLimit", "softLimit", "description"];

    async ValueTask<JsonObject> QuotaGet(JmapCall call)
    {
        var request = GetRequest.Parse(call, QuotaProperties);
        if (!call.AccountRights.HasFlag(Rights.Read)) throw new JmapException("forbidden", "You may not see the quota of this account.");
        var (account, usage) = await database.Read(async scope =>
            (await AccountTable.Find(scope, call.Account), await AccountTable.Usage(scope, call.Account)), call.Cancellation);
        var list = new List<JsonObject>();
        // An account without a bound has no quota object: there is no limit to tell of.
        if (account?.Quota is { } hardLimit && request.Ids?.Contains("octets") != false)
        {
            var quota = new JsonObject
            {
                ["id"] = "octets",
                ["resourceType"] = "octets",
                ["used"] = usage.Sum(u => u.Octets),
                ["hardLimit"] = hardLimit,
                ["scope"] = "account",
                ["name"] = account.Name,
                ["types"] = new JsonArray([.. usage.Select(u => (JsonNode)u.Type.Name)]),
                ["warnLimit"] = hardLimit / 10 * 9,
                ["softLimit"] = null,
                ["description"] = null,
            };
            list.Add(request.Properties is { } properties ? new JsonObject(quota.Where(p => properties.Contains(p.Key)).Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone()))) : quota);
        }

        return GetAnswer.Make(call, usage.Sum(u => u.Items).ToString(System.Globalization.CultureInfo.InvariantCulture) + "-" + usage.Sum(u => u.Octets).ToString(System.Globalization.CultureInfo.InvariantCulture),
            list, request.Ids?.Where(id => list.Count == 0 || id != "octets") ?? []);
    }
}

using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Settings;

namespace Bastide.Protocols.Jmap;

/// <summary>The methods every server has: <c>Core/echo</c> (RFC 8620 §4) and <c>Blob/copy</c> (§6.3).</summary>
sealed class CoreMethods(JmapLimits limits, BlobUploads uploads, BastideSettings settings) : IJmapMethods
{
    const string Core = "urn:ietf:params:jmap:core";

    public void Register(JmapMethodTable table)
    {
        table.AddCapability(Core, _ => limits.ToJson(), (_, _, _) => []);
        table.Add("Core/echo", Core, call => ValueTask.FromResult((JsonObject)call.Arguments.DeepClone()), needsAccount: false);
        table.Add("Blob/copy", Core, BlobCopy);
        // RFC 8887 §3: the address, and that push comes over it.
        var socket = (settings.Url.Scheme == Uri.UriSchemeHttps ? "wss://" : "ws://") + settings.Url.Authority + "/jmap/ws";
        table.AddCapability(JmapWebSocket.Capability, _ => new JsonObject { ["url"] = socket, ["supportsPush"] = true }, (_, _, _) => null);
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
}

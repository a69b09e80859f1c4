using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;

namespace Bastide.Protocols.Jmap.Methods;

/// <summary><c>Blob/copy</c>: lets another account have blobs. RFC 8620 §6.3.</summary>
sealed class BlobCopy(BlobUploads uploads)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        if (!AccountId.TryParse(call.Arguments.Text("fromAccountId"), null, out var from) || await call.RightsOn(from) is null)
            throw new JmapException("fromAccountNotFound", "There is no such account to copy from.");
        var ids = call.Arguments.TextsOrNull("blobIds") ?? throw JmapException.InvalidArguments("blobIds is missing: it is a list of ids.");
        if (ids.Count > call.Limits.MaxObjectsInSet) throw new JmapException("requestTooLarge", $"At most {call.Limits.MaxObjectsInSet} blobs can be copied at once.");
        if (!call.AccountRights.HasFlag(Rights.Write)) throw new JmapException("accountReadOnly", "You may not add anything to this account.");
        var copied = new JsonObject();
        var notCopied = new JsonObject();
        var found = new List<BlobId>();
        foreach (var id in ids.Distinct())
        {
            if (BlobId.TryParse(call.Created.Resolve(id), null, out var blob) && await uploads.MayRead(call.Caller, from, blob, call.Cancellation))
            {
                found.Add(blob);
                copied[id] = blob.ToString();
            }
            else
            {
                notCopied[id] = SetError.NotFound.ToJson();
            }
        }

        await uploads.Note(call.Caller, call.Account, found, call.Cancellation);
        return new JsonObject
        {
            ["fromAccountId"] = from.ToString(),
            ["accountId"] = call.Account.ToString(),
            ["copied"] = copied.Count == 0 ? null : copied,
            ["notCopied"] = notCopied.Count == 0 ? null : notCopied,
        };
    }
}

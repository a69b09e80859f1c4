using System.Text;
using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;

namespace Bastide.Protocols.Jmap.Methods;

/// <summary><c>Blob/upload</c>: makes small blobs of texts, Base64 and parts of other blobs. RFC 9404 §4.1.</summary>
sealed class BlobUpload(BlobStore blobs, BlobUploads uploads, UploadAllowance allowance)
{
    /// <summary>The most parts of one blob.</summary>
    public const int MostDataSources = 64;

    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        if (!call.AccountRights.HasFlag(Rights.Write)) throw new JmapException("accountReadOnly", "You may not add anything to this account.");
        var create = call.Arguments.ObjectOrNull("create") ?? throw JmapException.InvalidArguments("create is missing: it is an object.");
        if (create.Count > call.Limits.MaxObjectsInSet) throw new JmapException("requestTooLarge", $"At most {call.Limits.MaxObjectsInSet} blobs can be made at once.");
        var created = new JsonObject();
        var notCreated = new JsonObject();
        var made = new HashSet<BlobId>();
        foreach (var (creationId, value) in create)
        {
            var (stored, error) = await Make(call, value as JsonObject, made);
            if (stored is not { } blob)
            {
                notCreated[creationId] = error!.ToJson();
                continue;
            }

            made.Add(blob.Id);
            call.Created.Add(creationId, blob.Id.ToString());
            created[creationId] = new JsonObject { ["id"] = blob.Id.ToString(), ["type"] = JmapJson.Text(value!["type"]), ["size"] = blob.Size };
        }

        await uploads.Note(call.Caller, call.Account, made, call.Cancellation);
        return new JsonObject
        {
            ["accountId"] = call.Account.ToString(),
            ["created"] = created.Count == 0 ? null : created,
            ["notCreated"] = notCreated.Count == 0 ? null : notCreated,
        };
    }

    async ValueTask<(StoredBlob? Blob, SetError? Error)> Make(JmapCall call, JsonObject? item, HashSet<BlobId> made)
    {
        if (item?["data"] is not JsonArray sources) return (null, Invalid("data is a list of data sources."));
        if (sources.Count > MostDataSources) return (null, new SetError("tooLarge", $"A blob has at most {MostDataSources} data sources."));
        if (!allowance.HasRoom(call.Caller, call.Limits.MaxSizeUpload, out _)) return (null, new SetError("rateLimit", "You uploaded very much in a short time: wait a while."));
        await using var writer = blobs.Create();
        try
        {
            _ = item.TextOrNull("type");
            foreach (var source in sources)
                if (await Append(call, writer, source as JsonObject, made) is { } error)
                    return (null, error);
        }
        catch (JmapException exception)
        {
            // A value of the wrong type spoils this blob, not the others.
            return (null, Invalid(exception.Message));
        }

        var stored = await writer.Complete(call.Cancellation);
        allowance.Take(call.Caller, stored.Size);
        return (stored, null);
    }

    async ValueTask<SetError?> Append(JmapCall call, BlobWriter writer, JsonObject? source, HashSet<BlobId> made)
    {
        if (source is null) return Invalid("A data source is an object.");
        var (text, base64, id) = (source.TextOrNull("data:asText"), source.TextOrNull("data:asBase64"), source.TextOrNull("blobId"));
        return (text, base64, id) switch
        {
            (not null, null, null) => await Write(call, writer, Encoding.UTF8.GetBytes(text)),
            (null, not null, null) => await WriteBase64(call, writer, base64),
            (null, null, not null) => await AppendBlob(call, writer, source, id, made),
            _ => Invalid("A data source has one of data:asText, data:asBase64 and blobId."),
        };
    }

    static async ValueTask<SetError?> WriteBase64(JmapCall call, BlobWriter writer, string base64)
    {
        // The decoder lets white space pass, which the standard does not (RFC 9404 §4.1).
        var octets = new byte[base64.Length];
        return !base64.AsSpan().ContainsAny(" \t\r\n") && Convert.TryFromBase64String(base64, octets, out var length)
            ? await Write(call, writer, octets.AsMemory(0, length))
            : Invalid("data:asBase64 is not Base64: letters of its alphabet, with padding, and no white space.");
    }

    async ValueTask<SetError?> AppendBlob(JmapCall call, BlobWriter writer, JsonObject source, string id, HashSet<BlobId> made)
    {
        var isThere = BlobId.TryParse(call.Created.Resolve(id), null, out var blob)
            && (made.Contains(blob) || await uploads.MayRead(call.Caller, call.Account, blob, call.Cancellation));
        await using var stream = isThere ? await blobs.Open(blob, call.Cancellation) : null;
        if (stream is null) return new SetError("blobNotFound", $"There is no blob {id}.", Extra: new JsonObject { ["notFound"] = new JsonArray(id) });
        var offset = source.UnsignedOrNull("offset") ?? 0;
        var length = source.UnsignedOrNull("length") ?? Math.Max(0, stream.Length - offset);
        if (offset + length > stream.Length) return Invalid($"The range reaches beyond the end of blob {id}.");
        if (writer.Length + length > call.Limits.MaxSizeUpload) return TooLarge(call);
        await using var part = new BlobPart(stream, offset, length);
        await part.CopyToAsync(writer, call.Cancellation);
        return null;
    }

    static async ValueTask<SetError?> Write(JmapCall call, BlobWriter writer, ReadOnlyMemory<byte> octets)
    {
        if (writer.Length + octets.Length > call.Limits.MaxSizeUpload) return TooLarge(call);
        await writer.WriteAsync(octets, call.Cancellation);
        return null;
    }

    static SetError Invalid(string description) => new("invalidProperties", description, ["data"]);

    static SetError TooLarge(JmapCall call) => new("tooLarge", $"A blob has at most {call.Limits.MaxSizeUpload} octets.");
}

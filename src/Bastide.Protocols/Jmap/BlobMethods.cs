using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;

namespace Bastide.Protocols.Jmap;

/// <summary><c>Blob/upload</c> and <c>Blob/get</c>: small blobs within a request. RFC 9404.</summary>
sealed class BlobMethods(BlobStore blobs, BlobUploads uploads, JmapLimits limits) : IJmapMethods
{
    const string Capability = "urn:ietf:params:jmap:blob";
    const int MostDataSources = 64;
    const int MostDataInAnswer = 8_000_000;
    const string DigestPrefix = "digest:";
    static readonly HashSet<string> Properties = ["id", "data", "data:asText", "data:asBase64", "size", "digest:sha", "digest:sha-256", "digest:sha-512"];

    public void Register(JmapMethodTable table)
    {
        table.AddCapability(Capability, _ => [], (_, _, rights) => !rights.HasFlag(Rights.Read) ? null : new JsonObject
        {
            ["maxSizeBlobSet"] = rights.HasFlag(Rights.Write) ? limits.MaxSizeUpload : 0,
            ["maxDataSources"] = MostDataSources,
            ["supportedTypeNames"] = new JsonArray(),
            ["supportedDigestAlgorithms"] = new JsonArray("sha", "sha-256", "sha-512"),
        });
        table.Add("Blob/upload", Capability, Upload);
        table.Add("Blob/get", Capability, Get);
        table.Add("Blob/lookup", Capability, Lookup);
    }

    /// <summary>RFC 9404 §4.1.</summary>
    async ValueTask<JsonObject> Upload(JmapCall call)
    {
        if (!call.AccountRights.HasFlag(Rights.Write)) throw new JmapException("accountReadOnly", "You may not add anything to this account.");
        var create = call.Arguments.ObjectOrNull("create") ?? throw JmapException.InvalidArguments("create is missing: it is an object.");
        if (create.Count > limits.MaxObjectsInSet) throw new JmapException("requestTooLarge", $"At most {limits.MaxObjectsInSet} blobs can be made at once.");
        var created = new JsonObject();
        var notCreated = new JsonObject();
        foreach (var (creationId, value) in create)
        {
            var (stored, error) = await Make(call, value as JsonObject);
            if (stored is not { } blob)
            {
                notCreated[creationId] = error!.ToJson();
                continue;
            }

            call.Created.Add(creationId, blob.Id.ToString());
            created[creationId] = new JsonObject { ["id"] = blob.Id.ToString(), ["type"] = ((JsonObject)value!).TextOrNull("type"), ["size"] = blob.Size };
        }

        return new JsonObject
        {
            ["accountId"] = call.Account.ToString(),
            ["created"] = created.Count == 0 ? null : created,
            ["notCreated"] = notCreated.Count == 0 ? null : notCreated,
        };
    }

    async ValueTask<(StoredBlob? Blob, SetError? Error)> Make(JmapCall call, JsonObject? item)
    {
        if (item?["data"] is not JsonArray sources) return (null, new SetError("invalidProperties", "data is a list of data sources.", ["data"]));
        if (sources.Count > MostDataSources) return (null, new SetError("tooLarge", $"A blob has at most {MostDataSources} data sources."));
        await using var writer = blobs.Create();
        foreach (var source in sources)
            if (await Append(call, writer, source as JsonObject) is { } error)
                return (null, error);
        var stored = await writer.Complete(call.Cancellation);
        await uploads.Note(call.Account, stored.Id, call.Cancellation);
        return (stored, null);
    }

    async ValueTask<SetError?> Append(JmapCall call, BlobWriter writer, JsonObject? source)
    {
        if (source is null) return new SetError("invalidProperties", "A data source is an object.", ["data"]);
        if (source.TextOrNull("data:asText") is { } text)
        {
            await writer.WriteAsync(Encoding.UTF8.GetBytes(text), call.Cancellation);
        }
        else if (source.TextOrNull("data:asBase64") is { } base64)
        {
            var octets = new byte[base64.Length];
            if (!Convert.TryFromBase64String(base64, octets, out var length)) return new SetError("invalidProperties", "data:asBase64 is not Base64.", ["data"]);
            await writer.WriteAsync(octets.AsMemory(0, length), call.Cancellation);
        }
        else if (source.TextOrNull("blobId") is { } id)
        {
            var resolved = call.Created.Resolve(id);
            await using var stream = await Open(call, resolved);
            if (stream is null) return new SetError("blobNotFound", $"There is no blob {id}.");
            var offset = source.UnsignedOrNull("offset") ?? 0;
            var length = source.UnsignedOrNull("length") ?? Math.Max(0, stream.Length - offset);
            if (offset + length > stream.Length) return new SetError("invalidProperties", $"The range reaches beyond the end of blob {id}.", ["data"]);
            if (writer.Length + length > limits.MaxSizeUpload) return new SetError("tooLarge", $"A blob has at most {limits.MaxSizeUpload} octets.");
            stream.Position = offset;
            await Copy(stream, writer, length, call.Cancellation);
        }
        else
        {
            return new SetError("invalidProperties", "A data source has data:asText, data:asBase64 or blobId.", ["data"]);
        }

        return writer.Length > limits.MaxSizeUpload ? new SetError("tooLarge", $"A blob has at most {limits.MaxSizeUpload} octets.") : null;
    }

    /// <summary>RFC 9404 §4.2.</summary>
    async ValueTask<JsonObject> Get(JmapCall call)
    {
        var request = GetRequest.Parse(call, Properties);
        var ids = request.Ids ?? throw JmapException.InvalidArguments("ids is missing: blobs cannot all be listed.");
        var offset = call.Arguments.UnsignedOrNull("offset") ?? 0;
        var length = call.Arguments.UnsignedOrNull("length");
        IReadOnlyList<string> wanted = request.Properties ?? ["id", "data", "size"];
        var list = new List<JsonObject>();
        var notFound = new List<string>();
        var room = MostDataInAnswer;
        foreach (var id in ids)
        {
            await using var stream = await Open(call, id);
            if (stream is null)
            {
                notFound.Add(id);
                continue;
            }

            var from = Math.Min(offset, stream.Length);
            var count = Math.Min(length ?? stream.Length - from, stream.Length - from);
            var isTruncated = offset > stream.Length || (length is { } asked && from + asked > stream.Length);
            var blob = new JsonObject { ["id"] = id };
            if (wanted.Contains("size")) blob["size"] = stream.Length;
            if (wanted.Any(p => p.StartsWith("data", StringComparison.Ordinal)))
            {
                if (count > room) throw new JmapException("requestTooLarge", $"At most {MostDataInAnswer} octets fit an answer: ask for a range, or download.");
                room -= (int)count;
                stream.Position = from;
                var data = new byte[count];
                await stream.ReadExactlyAsync(data, call.Cancellation);
                AddData(blob, data, wanted);
                if (isTruncated) blob["isTruncated"] = true;
            }

            foreach (var property in wanted.Where(p => p.StartsWith(DigestPrefix, StringComparison.Ordinal)))
            {
                stream.Position = from;
                blob[property] = await Digest(stream, count, property[DigestPrefix.Length..], call.Cancellation);
            }

            list.Add(blob);
        }

        var answer = GetAnswer.Make(call, "", list, notFound);
        answer.Remove("state");
        return answer;
    }

    /// <summary>RFC 9404 §4.3: no type of this server can be looked up by blob, as the capability says.</summary>
    static ValueTask<JsonObject> Lookup(JmapCall call)
    {
        var names = call.Arguments.TextsOrNull("typeNames") ?? throw JmapException.InvalidArguments("typeNames is missing: it is a list of type names.");
        if (names.Count > 0) throw new JmapException("unknownDataType", $"The type {names[0]} cannot be looked up: see supportedTypeNames.");
        var ids = call.Arguments.TextsOrNull("ids") ?? [];
        return ValueTask.FromResult(new JsonObject
        {
            ["accountId"] = call.Account.ToString(),
            ["list"] = new JsonArray([.. ids.Select(id => new JsonObject { ["id"] = id, ["matchedIds"] = new JsonObject() })]),
            ["notFound"] = new JsonArray(),
        });
    }

    static void AddData(JsonObject blob, byte[] data, IReadOnlyList<string> wanted)
    {
        var isText = Utf8.IsValid(data);
        if (wanted.Contains("data:asText") || (wanted.Contains("data") && isText))
        {
            if (isText) blob["data:asText"] = Encoding.UTF8.GetString(data);
            else blob["data:asText"] = null;
        }

        if (!isText) blob["isEncodingProblem"] = true;
        if (wanted.Contains("data:asBase64") || (wanted.Contains("data") && !isText)) blob["data:asBase64"] = Convert.ToBase64String(data);
    }

    static async ValueTask<string> Digest(Stream stream, long count, string algorithm, CancellationToken cancellation)
    {
        // "sha" is SHA-1 by its name in the IANA registry; it names content here and protects nothing.
        using var hash = IncrementalHash.CreateHash(algorithm switch
        {
            "sha" => HashAlgorithmName.SHA1,
            "sha-256" => HashAlgorithmName.SHA256,
            _ => HashAlgorithmName.SHA512,
        });
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            while (count > 0)
            {
                var read = await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(count, buffer.Length)), cancellation);
                if (read == 0) break;
                hash.AppendData(buffer, 0, read);
                count -= read;
            }

            return Convert.ToBase64String(hash.GetHashAndReset());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    static async ValueTask Copy(Stream from, Stream to, long count, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            while (count > 0)
            {
                var read = await from.ReadAsync(buffer.AsMemory(0, (int)Math.Min(count, buffer.Length)), cancellation);
                if (read == 0) return;
                await to.WriteAsync(buffer.AsMemory(0, read), cancellation);
                count -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    async ValueTask<Stream?> Open(JmapCall call, string? id) =>
        BlobId.TryParse(id, null, out var blob) && await uploads.MayRead(call.Caller, call.Account, blob, call.Cancellation)
            ? await blobs.Open(blob, call.Cancellation)
            : null;
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Bastide.Platform.Blobs;

namespace Bastide.Protocols.Jmap.Methods;

/// <summary><c>Blob/get</c>: the octets of blobs, whole or a range of them, and digests. RFC 9404 §4.2.</summary>
sealed class BlobGet(BlobStore blobs, BlobUploads uploads)
{
    /// <summary>The digests there are, by their names in the IANA registry; <c>sha</c> is SHA-1, which names content here and protects nothing.</summary>
    public static readonly IReadOnlyDictionary<string, HashAlgorithmName> Digests = new Dictionary<string, HashAlgorithmName>
    {
        ["sha"] = HashAlgorithmName.SHA1,
        ["sha-256"] = HashAlgorithmName.SHA256,
        ["sha-512"] = HashAlgorithmName.SHA512,
    };

    const long MostDataInAnswer = 8_000_000;
    const long MostDigested = 1_000_000_000;
    const string DigestPrefix = "digest:";
    static readonly HashSet<string> Properties = ["id", "data", "data:asText", "data:asBase64", "size", .. Digests.Keys.Select(name => DigestPrefix + name)];

    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = GetRequest.Parse(call, Properties);
        var ids = request.Ids ?? throw JmapException.InvalidArguments("ids is missing: blobs cannot all be listed.");
        var offset = call.Arguments.UnsignedOrNull("offset") ?? 0;
        var length = call.Arguments.UnsignedOrNull("length");
        IReadOnlyList<string> wanted = request.Properties ?? ["id", "data", "size"];
        var digests = wanted.Where(p => p.StartsWith(DigestPrefix, StringComparison.Ordinal)).ToList();
        var wantsData = wanted.Any(p => p.StartsWith("data", StringComparison.Ordinal));
        var list = new List<JsonObject>();
        var notFound = new List<string>();
        var (dataRoom, digestRoom) = (MostDataInAnswer, MostDigested);
        foreach (var id in ids)
        {
            var mayRead = BlobId.TryParse(id, null, out var name) && await uploads.MayRead(call.Caller, call.Account, name, call.Cancellation);
            await using var stream = mayRead ? await blobs.Open(name, call.Cancellation) : null;
            if (stream is null)
            {
                notFound.Add(id);
                continue;
            }

            var from = Math.Min(offset, stream.Length);
            var count = Math.Min(length ?? stream.Length - from, stream.Length - from);
            var blob = new JsonObject { ["id"] = id };
            if (wanted.Contains("size")) blob["size"] = stream.Length;
            if (wantsData)
            {
                dataRoom = Take(dataRoom, count, $"At most {MostDataInAnswer} octets fit an answer: ask for a range, or download.");
                await AddData(blob, stream, from, count, wanted, call.Cancellation);
            }

            if ((wantsData || digests.Count > 0) && (offset > stream.Length || (length is { } asked && from + asked > stream.Length))) blob["isTruncated"] = true;

            foreach (var property in digests)
            {
                digestRoom = Take(digestRoom, count, $"At most {MostDigested} octets are digested for an answer: ask for fewer blobs.");
                stream.Position = from;
                blob[property] = await Digest(stream, count, Digests[property[DigestPrefix.Length..]], call.Cancellation);
            }

            list.Add(blob);
        }

        return new JsonObject
        {
            ["accountId"] = call.Account.ToString(),
            ["list"] = new JsonArray([.. list]),
            ["notFound"] = new JsonArray([.. notFound.Select(id => (JsonNode)id)]),
        };
    }

    static long Take(long room, long octets, string otherwise) =>
        octets <= room ? room - octets : throw new JmapException("requestTooLarge", otherwise);

    static async ValueTask AddData(JsonObject blob, Stream stream, long from, long count, IReadOnlyList<string> wanted, CancellationToken cancellation)
    {
        stream.Position = from;
        var data = new byte[count];
        await stream.ReadExactlyAsync(data, cancellation);
        var isText = Utf8.IsValid(data);
        var (asText, asEither) = (wanted.Contains("data:asText"), wanted.Contains("data"));
        if (asText || (asEither && isText)) blob["data:asText"] = isText ? Encoding.UTF8.GetString(data) : null;
        if (wanted.Contains("data:asBase64") || (asEither && !isText)) blob["data:asBase64"] = Convert.ToBase64String(data);
        if (!isText && (asText || asEither)) blob["isEncodingProblem"] = true;
    }

    static async ValueTask<string> Digest(Stream stream, long count, HashAlgorithmName algorithm, CancellationToken cancellation)
    {
        await using var part = new BlobPart(stream, stream.Position, count);
        return Convert.ToBase64String(await CryptographicOperations.HashDataAsync(algorithm, part, cancellation));
    }
}

using System.Text.Json.Nodes;

namespace Bastide.Protocols.Jmap;

/// <summary>The limits of <c>urn:ietf:params:jmap:core</c>, advertised and enforced (RFC 8620 §2).</summary>
public sealed record JmapLimits
{
    /// <summary>The largest upload, in octets.</summary>
    public long MaxSizeUpload { get; init; } = 50_000_000;

    /// <summary>Uploads at once for one person.</summary>
    public int MaxConcurrentUpload { get; init; } = 4;

    /// <summary>The largest request, in octets.</summary>
    public int MaxSizeRequest { get; init; } = 10_000_000;

    /// <summary>Requests at once for one person.</summary>
    public int MaxConcurrentRequests { get; init; } = 8;

    /// <summary>Method calls in one request.</summary>
    public int MaxCallsInRequest { get; init; } = 32;

    /// <summary>Records in one <c>/get</c>.</summary>
    public int MaxObjectsInGet { get; init; } = 1000;

    /// <summary>Records in one <c>/set</c>.</summary>
    public int MaxObjectsInSet { get; init; } = 1000;

    /// <summary>The capability's value in the session.</summary>
    public JsonObject ToJson() => new()
    {
        ["maxSizeUpload"] = MaxSizeUpload,
        ["maxConcurrentUpload"] = MaxConcurrentUpload,
        ["maxSizeRequest"] = MaxSizeRequest,
        ["maxConcurrentRequests"] = MaxConcurrentRequests,
        ["maxCallsInRequest"] = MaxCallsInRequest,
        ["maxObjectsInGet"] = MaxObjectsInGet,
        ["maxObjectsInSet"] = MaxObjectsInSet,
        ["collationAlgorithms"] = new JsonArray("i;ascii-casemap", "i;unicode-casemap"),
    };
}

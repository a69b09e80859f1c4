using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Db;
using Bastide.Platform.Settings;
using Bastide.Protocols.Jmap.Methods;

namespace Bastide.Protocols.Jmap;

/// <summary>The methods and capabilities that every account has, whatever houses stand on the square; each method in the file of its name.</summary>
sealed class CoreMethods(JmapLimits limits, Database database, BlobStore blobs, BlobUploads uploads, UploadAllowance allowance, BastideSettings settings) : IJmapMethods
{
    /// <summary>RFC 8620.</summary>
    public const string Core = "urn:ietf:params:jmap:core";

    const string Blob = "urn:ietf:params:jmap:blob";
    const string Quota = "urn:ietf:params:jmap:quota";

    public void Register(JmapMethodTable table)
    {
        table.AddCapability(Core, _ => limits.ToJson(), (_, _, _) => []);
        table.Add("Core/echo", Core, CoreEcho.Handle, needsAccount: false);
        table.Add("Blob/copy", Core, new BlobCopy(uploads).Handle);

        // RFC 8887 §3: the address, and that push comes over it.
        var socket = (settings.Url.Scheme == Uri.UriSchemeHttps ? "wss://" : "ws://") + settings.Url.Authority + "/jmap/ws";
        table.AddCapability(JmapWebSocket.Capability, _ => new JsonObject { ["url"] = socket, ["supportsPush"] = true }, (_, _, _) => null);

        table.AddCapability(Blob, _ => [], (_, _, rights) => rights.HasFlag(Rights.Read) ? OfBlobs(table, rights) : null);
        table.Add("Blob/upload", Blob, new BlobUpload(blobs, uploads, allowance).Handle);
        table.Add("Blob/get", Blob, new BlobGet(blobs, uploads).Handle);
        table.Add("Blob/lookup", Blob, new Methods.BlobLookup(table).Handle);

        table.AddCapability(Quota, _ => [], (_, _, rights) => rights.HasFlag(Rights.Read) ? [] : null);
        table.AddType(AccountTable.Quota, Quota);
        var figures = new QuotaFigures(database, table);
        table.Add("Quota/get", Quota, new QuotaGet(figures).Handle);
        table.Add("Quota/changes", Quota, new QuotaChanges(figures).Handle);
        table.Add("Quota/query", Quota, new QuotaQuery(figures).Handle);
        table.Add("Quota/queryChanges", Quota, new QuotaQueryChanges(figures).Handle);
    }

    /// <summary>RFC 9404 §3.1.</summary>
    JsonObject OfBlobs(JmapMethodTable table, Rights rights) => new()
    {
        ["maxSizeBlobSet"] = rights.HasFlag(Rights.Write) ? limits.MaxSizeUpload : 0,
        ["maxDataSources"] = BlobUpload.MostDataSources,
        ["supportedTypeNames"] = new JsonArray([.. table.BlobLookups.Keys.Select(type => (JsonNode)type.Name)]),
        ["supportedDigestAlgorithms"] = new JsonArray([.. BlobGet.Digests.Keys.Select(name => (JsonNode)name)]),
    };
}

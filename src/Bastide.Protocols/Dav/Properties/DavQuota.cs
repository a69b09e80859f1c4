using Bastide.Platform.Accounts;

namespace Bastide.Protocols.Dav.Properties;

/// <summary>What an account uses of its bound, as it is told of every collection in it (RFC 4331).</summary>
/// <param name="Used">The octets used.</param>
/// <param name="Available">The octets that are left.</param>
sealed record DavQuota(long Used, long Available)
{
    /// <summary>Of those of the collections that have an account the caller may add to.</summary>
    public static async ValueTask<IReadOnlyDictionary<DavCollection, DavQuota>> Load(DavCall call, IReadOnlyList<DavCollection> nodes) =>
        (await LoadAll(call, nodes)).ToDictionary(pair => pair.Key, pair => pair.Value.Quota);

    /// <summary>Of those of them whose account has a bound.</summary>
    public static async ValueTask<IReadOnlyDictionary<DavCollection, DavQuota>> LoadBounded(DavCall call, IReadOnlyList<DavCollection> nodes) =>
        (await LoadAll(call, nodes)).Where(pair => pair.Value.IsBounded).ToDictionary(pair => pair.Key, pair => pair.Value.Quota);

    static async ValueTask<Dictionary<DavCollection, (DavQuota Quota, bool IsBounded)>> LoadAll(DavCall call, IReadOnlyList<DavCollection> nodes)
    {
        var found = new Dictionary<DavCollection, (DavQuota, bool)>(ReferenceEqualityComparer.Instance);
        foreach (var group in nodes.Where(node => node.Home is not null && node.Rights.HasFlag(Rights.Write)).GroupBy(node => node.Home!.Account))
        {
            var (account, usage) = await call.Engine.Database.Read(async scope => (await AccountTable.Find(scope, group.Key), await AccountTable.Usage(scope, group.Key)), call.Cancellation);
            var used = usage.Sum(type => type.Octets);
            var quota = new DavQuota(used, Math.Max(0, (account?.Quota ?? used) - used));
            foreach (var node in group) found[node] = (quota, account?.Quota is not null);
        }

        return found;
    }
}

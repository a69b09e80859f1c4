using System.Net;
using System.Net.Sockets;
using Bastide.Platform.Settings;

namespace Bastide.Platform.Limits;

/// <summary>
/// The one limiter of every protocol: token buckets and places, by rule and key (an address, an account). It holds at
/// most <see cref="MostBuckets"/> buckets; the fullest are forgotten first, which costs nothing but a little leniency.
/// Off altogether with <see cref="BastideSettings.TestNoLimits"/>.
/// </summary>
public sealed class Limiter(BastideSettings settings, TimeProvider time)
{
    /// <summary>How many buckets are remembered.</summary>
    public const int MostBuckets = 100_000;

    readonly Lock _lock = new();
    readonly Dictionary<(string Name, string Key), Bucket> _buckets = [];
    readonly Dictionary<(string Name, string Key), int> _places = [];

    /// <summary>The key of a peer: its IPv4 address, or the /64 network of its IPv6 address, which one customer holds whole.</summary>
    public static string KeyOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address.ToString();
        Span<byte> octets = stackalloc byte[16];
        address.TryWriteBytes(octets, out _);
        octets[8..].Clear();
        return new IPAddress(octets) + "/64";
    }

    /// <summary>Takes from the bucket; false when it does not hold so much, and then how long to wait until it does.</summary>
    public bool TryTake(RateLimit limit, string key, out TimeSpan retryAfter, double cost = 1) => Look(limit, key, cost, take: true, out retryAfter);

    /// <summary>Asks whether the bucket holds so much, without taking it (to count only what fails).</summary>
    public bool HasRoom(RateLimit limit, string key, out TimeSpan retryAfter, double cost = 1) => Look(limit, key, cost, take: false, out retryAfter);

    /// <summary>Fills the bucket again.</summary>
    public void Forget(RateLimit limit, string key)
    {
        lock (_lock) _buckets.Remove((limit.Name, key));
    }

    /// <summary>Takes a place, which is free again when the answer is disposed; null when all are taken.</summary>
    public IDisposable? TryEnter(ConcurrencyLimit limit, string key)
    {
        var place = (limit.Name, key);
        lock (_lock)
        {
            var taken = _places.GetValueOrDefault(place);
            if (taken >= limit.Most && !settings.TestNoLimits) return null;
            _places[place] = taken + 1;
        }

        return new Place(this, place);
    }

    /// <summary>How many of the places are taken.</summary>
    public int Taken(ConcurrencyLimit limit, string key)
    {
        lock (_lock) return _places.GetValueOrDefault((limit.Name, key));
    }

    bool Look(RateLimit limit, string key, double cost, bool take, out TimeSpan retryAfter)
    {
        retryAfter = TimeSpan.Zero;
        if (settings.TestNoLimits) return true;
        var now = time.GetTimestamp();
        lock (_lock)
        {
            var id = (limit.Name, key);
            var known = _buckets.TryGetValue(id, out var bucket);
            var held = known ? Math.Min(limit.Burst, bucket.Held + (time.GetElapsedTime(bucket.At, now).TotalSeconds * limit.PerSecond)) : limit.Burst;
            if (held < cost)
            {
                // What is more than the bucket can ever hold is not worth waiting for.
                var missing = Math.Min(cost, limit.Burst) - held;
                retryAfter = limit.PerSecond <= 0 ? TimeSpan.MaxValue : TimeSpan.FromSeconds(Math.Max(missing, 0.001) / limit.PerSecond);
                return false;
            }

            if (!take) return true;
            if (!known && _buckets.Count >= MostBuckets) MakeRoom(now);
            _buckets[id] = new Bucket(limit, held - cost, now);
            return true;
        }
    }

    /// <summary>Forgets a tenth of the buckets: those nearest to being full.</summary>
    void MakeRoom(long now)
    {
        var fullest = _buckets
            .Select(b => (b.Key, Fill: (b.Value.Held + (time.GetElapsedTime(b.Value.At, now).TotalSeconds * b.Value.Limit.PerSecond)) / b.Value.Limit.Burst))
            .OrderByDescending(b => b.Fill)
            .Take(MostBuckets / 10)
            .ToList();
        foreach (var (id, _) in fullest) _buckets.Remove(id);
    }

    void Leave((string Name, string Key) place)
    {
        lock (_lock)
        {
            if (_places[place] == 1) _places.Remove(place);
            else _places[place]--;
        }
    }

    readonly record struct Bucket(RateLimit Limit, double Held, long At);

    sealed class Place(Limiter limiter, (string Name, string Key) place) : IDisposable
    {
        int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0) limiter.Leave(place);
        }
    }
}

namespace Bastide.Protocols.Jmap;

/// <summary>The creation ids of a request and the ids they became (RFC 8620 §3.3, §5.3). A later one replaces an earlier.</summary>
public sealed class CreatedIds
{
    readonly Dictionary<string, string> _ids = [];

    /// <summary>All of them.</summary>
    public IReadOnlyDictionary<string, string> All => _ids;

    /// <summary>Notes what a creation id became.</summary>
    public void Add(string creationId, string id) => _ids[creationId] = id;

    /// <summary>The id itself, or what <c>#creationId</c> became; null when it became nothing.</summary>
    public string? Resolve(string id) => id.StartsWith('#') ? _ids.GetValueOrDefault(id[1..]) : id;
}

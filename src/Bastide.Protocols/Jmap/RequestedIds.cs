namespace Bastide.Protocols.Jmap;

/// <summary>The ids of a /get: those that can be, as numbers, and how to say which gave nothing. RFC 8620 §5.1.</summary>
/// <param name="kind">How ids of the type are written.</param>
/// <param name="ids">The ids as they were asked for, or null for all.</param>
public sealed class RequestedIds(WireId kind, IReadOnlyList<string>? ids)
{
    /// <summary>The numbers asked for, in that order; null for all.</summary>
    public IReadOnlyList<long>? Numbers { get; } = ids is null ? null : [.. ids.Select(kind.Read).OfType<long>()];

    /// <summary>The ids that gave no record.</summary>
    public IEnumerable<string> NotFound(IEnumerable<long> found)
    {
        if (ids is null) return [];
        var known = found.ToHashSet();
        return ids.Where(id => kind.Read(id) is not { } number || !known.Contains(number));
    }

    /// <summary>Refuses a /get of everything where that is more than one answer holds.</summary>
    public void CheckCount(int found, JmapCall call)
    {
        if (ids is null && found > call.Limits.MaxObjectsInGet)
            throw new JmapException("requestTooLarge", $"There are more than {call.Limits.MaxObjectsInGet} records: query for their ids and ask for these.");
    }
}

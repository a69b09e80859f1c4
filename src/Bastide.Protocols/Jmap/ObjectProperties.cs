using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace Bastide.Protocols.Jmap;

/// <summary>The properties of a type and how each is written; for types that are read whole from the store.</summary>
/// <typeparam name="T">What is written.</typeparam>
/// <param name="properties">Their names, in the order of a whole object, and how each is written.</param>
public sealed class ObjectProperties<T>(params (string Name, Func<T, JsonNode?> Write)[] properties)
{
    readonly FrozenDictionary<string, Func<T, JsonNode?>> _writers =
        properties.ToFrozenDictionary(p => p.Name, p => p.Write, StringComparer.Ordinal);

    /// <summary>The names of all.</summary>
    public IReadOnlySet<string> Names { get; } = properties.Select(p => p.Name).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The properties asked for; all where that is null.</summary>
    public JsonObject Write(T item, IReadOnlyList<string>? names = null)
    {
        var written = new JsonObject();
        if (names is null)
            foreach (var (name, write) in properties) written[name] = write(item);
        else
            foreach (var name in names) written[name] = _writers[name](item);
        return written;
    }

    /// <summary>
    /// What the answer of a creation tells: the properties the client did not give, or that came to be otherwise. RFC 8620 §5.3.
    /// </summary>
    public JsonObject ServerSet(T item, JsonObject given)
    {
        var set = Write(item);
        foreach (var (name, value) in given)
            if (set.ContainsKey(name) && JsonNode.DeepEquals(set[name], value))
                set.Remove(name);
        return set;
    }

    /// <summary>
    /// What is wrong with properties that are only repeated (immutable or set by the server): allowed when the value is the
    /// present one. RFC 8620 §5.3.
    /// </summary>
    public void CheckUnchanged(T present, IEnumerable<KeyValuePair<string, JsonNode?>> given, InvalidProperties invalid)
    {
        foreach (var (name, value) in given)
        {
            if (!_writers.TryGetValue(name, out var write)) invalid.Add(name, "there is no such property.");
            else if (!JsonNode.DeepEquals(write(present), value)) invalid.Add(name, "it cannot be changed.");
        }
    }

    /// <summary>The response of a /get. RFC 8620 §5.1.</summary>
    public JsonObject Answer(JmapCall call, string state, GetRequest request, IEnumerable<T> found, IEnumerable<string> notFound) =>
        GetAnswer.Make(call, state, found.Select(item => Write(item, request.Properties)), notFound);
}

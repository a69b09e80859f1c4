using System.Text.Json.Nodes;

namespace Bastide.Protocols.Jmap;

/// <summary>The arguments of a <c>/get</c> (RFC 8620 §5.1).</summary>
/// <param name="Ids">The ids asked for, each once; null for all.</param>
/// <param name="Properties">The properties asked for, <c>id</c> among them; null for the type's default.</param>
public sealed record GetRequest(IReadOnlyList<string>? Ids, IReadOnlyList<string>? Properties)
{
    /// <summary>
    /// Reads them. A property that is neither allowed nor accepted by <paramref name="isAllowed"/> (header forms) is
    /// <c>invalidArguments</c>; too many ids are <c>requestTooLarge</c>.
    /// </summary>
    public static GetRequest Parse(JmapCall call, IReadOnlySet<string> allowed, Func<string, bool>? isAllowed = null)
    {
        var ids = call.Arguments.TextsOrNull("ids");
        if (ids?.Count > call.Limits.MaxObjectsInGet)
            throw new JmapException("requestTooLarge", $"At most {call.Limits.MaxObjectsInGet} records can be fetched at once: ask for fewer.");
        var properties = call.Arguments.TextsOrNull("properties");
        if (properties?.FirstOrDefault(p => !allowed.Contains(p) && isAllowed?.Invoke(p) != true) is { } unknown)
            throw JmapException.InvalidArguments($"There is no property {unknown}.");
        if (properties is not null && !properties.Contains("id")) properties = ["id", .. properties];
        return new GetRequest(ids?.Select(id => call.Created.Resolve(id) ?? id).Distinct().ToList(), properties?.Distinct().ToList());
    }

    /// <summary>Whether the property is asked for, or among the defaults when nothing is asked for.</summary>
    public bool Wants(string property) => Properties is null || Properties.Contains(property);
}

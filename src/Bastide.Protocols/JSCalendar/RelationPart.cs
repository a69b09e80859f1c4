using System.Text.Json.Nodes;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.Jmap;

namespace Bastide.Protocols.JSCalendar;

/// <summary>Relations to other objects by their UIDs: RELATED-TO, one property for each kind of relation.</summary>
sealed class RelationPart : EventPart
{
    public override IReadOnlyList<string> Properties { get; } = ["relatedTo"];

    public override void Read(EventScope scope, JsonObject into)
    {
        if (ReadFrom(scope.Component) is { Count: > 0 } related) into["relatedTo"] = related;
    }

    public override void Write(EventScope scope, JsonObject before, JsonObject after) => WriteTo(scope.Component, after["relatedTo"] as JsonObject);

    /// <summary>The relations of a component.</summary>
    public static JsonObject ReadFrom(ICalComponent component)
    {
        var related = new JsonObject();
        foreach (var property in component.PropertiesOf("RELATED-TO"))
        {
            var uid = property.Text;
            if (related[uid] is not JsonObject relation) related[uid] = relation = new JsonObject { ["@type"] = "Relation" };
            if (property.Parameter("RELTYPE") is not { Length: > 0 } type) continue;
            if (relation["relation"] is not JsonObject kinds) relation["relation"] = kinds = [];
            kinds[JSWords.Lower(type)] = true;
        }

        return related;
    }

    /// <summary>Makes the relations of a component what they are to be.</summary>
    public static void WriteTo(ICalComponent component, JsonObject? after)
    {
        var wanted = new List<(string Uid, string? Kind)>();
        foreach (var (uid, relation) in after ?? [])
        {
            var kinds = Members(relation.Member("relation")).ToList();
            if (kinds.Count == 0) wanted.Add((uid, null));
            else wanted.AddRange(kinds.Select(kind => (uid, (string?)kind)));
        }

        foreach (var property in component.PropertiesOf("RELATED-TO").ToList())
            if (!wanted.Remove((property.Text, property.Parameter("RELTYPE") is { Length: > 0 } type ? JSWords.Lower(type) : null)))
                component.Remove(property);
        foreach (var (uid, kind) in wanted)
            component.Add(new ICalProperty("RELATED-TO", ICalText.Escape(uid), kind is null ? [] : [new ICalParameter("RELTYPE", kind.ToUpperInvariant())]));
    }
}

using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace Bastide.Protocols.Dav.Xml;

/// <summary>
/// Writes the wanted properties of nodes, a page at a time. Which property of the table answers which name is found once for
/// each kind of node, and what has to be looked up is looked up for the page at once.
/// </summary>
sealed class PropertyPage(DavCall call, DavWanted wanted)
{
    readonly Dictionary<Type, Plan> _plans = [];
    readonly Dictionary<DavProperty, object?> _loaded = [];
    readonly List<XName> _missing = [];
    readonly List<XName> _hidden = [];

    /// <summary>Looks up what the properties of these nodes need.</summary>
    public async ValueTask Load(IReadOnlyList<DavNode> nodes)
    {
        _loaded.Clear();
        foreach (var property in nodes.Select(node => PlanOf(node).Loaded).Distinct().SelectMany(loaded => loaded).Distinct().ToList())
            _loaded[property] = await property.Load(call, [.. nodes.Where(property.NodeType.IsInstanceOfType)]);
    }

    /// <summary>Writes the <c>DAV:propstat</c> elements of a node.</summary>
    public void Write(DavXmlWriter xml, DavNode node)
    {
        _missing.Clear();
        _hidden.Clear();
        var begin = xml.Position;
        xml.Raw("<D:propstat><D:prop>"u8);
        var first = xml.Position;
        if (wanted.Mode == DavWantedMode.Names) WriteNames(xml, node);
        else WriteValues(xml, node);
        // There is one propstat at least, with nothing in it if need be (RFC 8144 §2.1).
        var isRefused = _hidden.Count > 0 || (_missing.Count > 0 && !call.Prefer.IsMinimal);
        if (xml.Position == first && isRefused) xml.Rewind(begin);
        else xml.Raw("</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat>"u8);
        WriteRefused(xml, _hidden, StatusCodes.Status403Forbidden);
        if (!call.Prefer.IsMinimal) WriteRefused(xml, _missing, StatusCodes.Status404NotFound);
    }

    void WriteValues(DavXmlWriter xml, DavNode node)
    {
        var plan = PlanOf(node);
        foreach (var property in plan.All) WriteLive(xml, node, property, null);
        if (wanted.Mode == DavWantedMode.All)
            foreach (var dead in node.DeadProperties)
                xml.Xml(dead.Xml);
        for (var i = 0; i < wanted.Asked.Count; i++)
        {
            var asked = wanted.Asked[i];
            if (plan.Named[i] is { } property ? !WriteLive(xml, node, property, asked) : !WriteDead(xml, node, asked.Name)) _missing.Add(asked.Name);
        }
    }

    void WriteNames(DavXmlWriter xml, DavNode node)
    {
        foreach (var property in PlanOf(node).All)
        {
            var before = xml.Position;
            if (!WriteLive(xml, node, property, null)) continue;
            xml.Rewind(before);
            xml.Empty(property.Name);
        }

        foreach (var dead in node.DeadProperties) xml.Empty(dead.Name);
    }

    /// <summary>False when the node has no such property.</summary>
    bool WriteLive(DavXmlWriter xml, DavNode node, DavProperty property, XElement? asked)
    {
        if (property.MayRead?.Invoke(node) != false) return property.Write(xml, node, asked, property.IsLoaded ? _loaded[property] : null);
        if (asked is not null) _hidden.Add(property.Name);
        return asked is not null;
    }

    static bool WriteDead(DavXmlWriter xml, DavNode node, XName name)
    {
        foreach (var dead in node.DeadProperties)
        {
            if (dead.Name != name) continue;
            xml.Xml(dead.Xml);
            return true;
        }

        return false;
    }

    static void WriteRefused(DavXmlWriter xml, List<XName> names, int status)
    {
        if (names.Count == 0) return;
        xml.Raw("<D:propstat><D:prop>"u8);
        foreach (var name in names) xml.Empty(name);
        xml.Raw("</D:prop>"u8);
        DavMultistatus.WriteStatus(xml, status);
        xml.Raw("</D:propstat>"u8);
    }

    Plan PlanOf(DavNode node)
    {
        var type = node.GetType();
        if (_plans.TryGetValue(type, out var plan)) return plan;
        List<DavProperty> all = wanted.Mode switch
        {
            DavWantedMode.All => [.. call.Table.Properties(type).Where(property => property.IsInAllProp && !wanted.Has(property.Name))],
            DavWantedMode.Names => [.. call.Table.Properties(type)],
            _ => [],
        };
        DavProperty?[] named = [.. wanted.Asked.Select(asked => call.Table.Property(asked.Name, type))];
        return _plans[type] = new Plan(all, named, [.. all.Concat(named).OfType<DavProperty>().Where(property => property.IsLoaded).Distinct()]);
    }

    /// <summary>What a kind of node answers with.</summary>
    /// <param name="All">What it tells without being asked by name.</param>
    /// <param name="Named">What answers each name that is asked for; null where nothing of the table does.</param>
    /// <param name="Loaded">Those of all these that are looked up beforehand.</param>
    sealed record Plan(IReadOnlyList<DavProperty> All, DavProperty?[] Named, IReadOnlyList<DavProperty> Loaded);
}

using System.Xml.Linq;

namespace Bastide.Protocols.Dav.Properties;

/// <summary>A property whose value is addresses of other nodes.</summary>
sealed class HrefProperty<TNode>(XName name, Func<DavCall, TNode, ValueTask<IReadOnlyList<string>?>> hrefs) : DavProperty(name)
    where TNode : DavNode
{
    internal override Type NodeType => typeof(TNode);

    internal override bool IsLoaded => true;

    internal override async ValueTask<object?> Load(DavCall call, IReadOnlyList<DavNode> nodes)
    {
        var loaded = new Dictionary<DavNode, IReadOnlyList<string>>(ReferenceEqualityComparer.Instance);
        foreach (var node in nodes)
            if (await hrefs(call, (TNode)node) is { } found)
                loaded.Add(node, found);
        return loaded;
    }

    internal override bool Write(DavXmlWriter xml, DavNode node, XElement? asked, object? loaded)
    {
        if (!((Dictionary<DavNode, IReadOnlyList<string>>)loaded!).TryGetValue(node, out var found)) return false;
        xml.Start(Name);
        foreach (var href in found) xml.Href(href);
        xml.End();
        return true;
    }

    internal override ValueTask<IReadOnlyList<string>?> HrefsOf(DavCall call, DavNode node) => hrefs(call, (TNode)node);
}

using System.Xml.Linq;

namespace Bastide.Protocols.Dav.Properties;

/// <summary>A property that is looked up for a page of nodes at once.</summary>
sealed class LoadedProperty<TNode, TValue>(
    XName name, Func<DavCall, IReadOnlyList<TNode>, ValueTask<IReadOnlyDictionary<TNode, TValue>>> load, Action<DavXmlWriter, TNode, TValue> write) : DavProperty(name)
    where TNode : DavNode
{
    internal override Type NodeType => typeof(TNode);

    internal override bool IsLoaded => true;

    internal override async ValueTask<object?> Load(DavCall call, IReadOnlyList<DavNode> nodes) => await load(call, [.. nodes.Cast<TNode>()]);

    internal override bool Write(DavXmlWriter xml, DavNode node, XElement? asked, object? loaded)
    {
        if (!((IReadOnlyDictionary<TNode, TValue>)loaded!).TryGetValue((TNode)node, out var value)) return false;
        xml.Start(Name);
        write(xml, (TNode)node, value);
        xml.End();
        return true;
    }
}

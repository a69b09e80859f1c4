using System.Xml.Linq;

namespace Bastide.Protocols.Dav.Properties;

/// <summary>A property whose value is XML.</summary>
sealed class ContentProperty<TNode>(XName name, Action<DavXmlWriter, TNode, XElement?> write, Func<TNode, bool>? has) : DavProperty(name)
    where TNode : DavNode
{
    internal override Type NodeType => typeof(TNode);

    internal override bool Write(DavXmlWriter xml, DavNode node, XElement? asked, object? loaded)
    {
        if (has is not null && !has((TNode)node)) return false;
        xml.Start(Name);
        write(xml, (TNode)node, asked);
        xml.End();
        return true;
    }
}

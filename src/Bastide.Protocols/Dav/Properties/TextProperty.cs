using System.Xml.Linq;

namespace Bastide.Protocols.Dav.Properties;

/// <summary>A property whose value is a text.</summary>
sealed class TextProperty<TNode>(XName name, Func<TNode, string?> text) : DavProperty(name)
    where TNode : DavNode
{
    internal override Type NodeType => typeof(TNode);

    internal override bool Write(DavXmlWriter xml, DavNode node, XElement? asked, object? loaded)
    {
        if (text((TNode)node) is not { } value) return false;
        xml.Element(Name, value);
        return true;
    }
}

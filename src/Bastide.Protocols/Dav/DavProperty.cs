using System.Xml.Linq;
using Bastide.Protocols.Dav.Properties;

namespace Bastide.Protocols.Dav;

/// <summary>
/// A live property of one kind of node (RFC 4918 §4.2), registered with <see cref="DavTable.AddProperty"/>. Several kinds of
/// node may each have their own under one name.
/// </summary>
/// <param name="name">Its name.</param>
public abstract class DavProperty(XName name)
{
    /// <summary>Its name.</summary>
    public XName Name => name;

    /// <summary>Whether it is told where all are asked for; otherwise only where it is named (RFC 4918 §9.1).</summary>
    public bool IsInAllProp { get; init; }

    /// <summary>
    /// Where it can be set: looks at the new value (null to remove it) and answers what is wrong with it, or null. Without
    /// it the property is protected.
    /// </summary>
    public Func<XElement?, DavError?>? Check { get; init; }

    /// <summary>Who may read it; others are told that they may not (403). Null: whoever sees the node.</summary>
    public Func<DavNode, bool>? MayRead { get; init; }

    /// <summary>A property whose value is a text; null for none.</summary>
    public static DavProperty Text<TNode>(XName name, Func<TNode, string?> text, bool allProp = false, Func<XElement?, DavError?>? check = null)
        where TNode : DavNode => new TextProperty<TNode>(name, text) { IsInAllProp = allProp, Check = check };

    /// <summary>
    /// A property whose value is XML: what <paramref name="write"/> writes within its element, on nodes that
    /// <paramref name="has"/> picks. It is given the element that asked, which may say more; null where all are asked for.
    /// </summary>
    public static DavProperty Content<TNode>(
        XName name, Action<DavXmlWriter, TNode, XElement?> write, Func<TNode, bool>? has = null, bool allProp = false, Func<XElement?, DavError?>? check = null)
        where TNode : DavNode => new ContentProperty<TNode>(name, write, has) { IsInAllProp = allProp, Check = check };

    /// <summary>A property whose value is addresses, which <c>DAV:expand-property</c> follows (RFC 3253 §3.8); null for none.</summary>
    public static DavProperty Hrefs<TNode>(XName name, Func<DavCall, TNode, ValueTask<IReadOnlyList<string>?>> hrefs)
        where TNode : DavNode => new HrefProperty<TNode>(name, hrefs);

    /// <summary>The same, where they are at hand.</summary>
    public static DavProperty Hrefs<TNode>(XName name, Func<DavCall, TNode, IReadOnlyList<string>?> hrefs)
        where TNode : DavNode => new HrefProperty<TNode>(name, (call, node) => new(hrefs(call, node)));

    /// <summary>A property that is looked up for a page of nodes at once; a node that is not in the answer has none.</summary>
    public static DavProperty Loaded<TNode, TValue>(
        XName name, Func<DavCall, IReadOnlyList<TNode>, ValueTask<IReadOnlyDictionary<TNode, TValue>>> load, Action<DavXmlWriter, TNode, TValue> write,
        bool allProp = false, Func<DavNode, bool>? mayRead = null, Func<XElement?, DavError?>? check = null)
        where TNode : DavNode => new LoadedProperty<TNode, TValue>(name, load, write) { IsInAllProp = allProp, MayRead = mayRead, Check = check };

    /// <summary>The kind of node that has it.</summary>
    internal abstract Type NodeType { get; }

    /// <summary>Whether it has to be looked up before it is written.</summary>
    internal virtual bool IsLoaded => false;

    /// <summary>Looks up what <see cref="Write"/> needs of a page of nodes.</summary>
    internal virtual ValueTask<object?> Load(DavCall call, IReadOnlyList<DavNode> nodes) => default;

    /// <summary>Writes the element with its value; false, and nothing written, where the node has none.</summary>
    internal abstract bool Write(DavXmlWriter xml, DavNode node, XElement? asked, object? loaded);

    /// <summary>The addresses that are its value; null where its value is something else.</summary>
    internal virtual ValueTask<IReadOnlyList<string>?> HrefsOf(DavCall call, DavNode node) => default;
}

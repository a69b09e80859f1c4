using System.Globalization;
using System.Xml.Linq;
using Bastide.Platform.Locks;

namespace Bastide.Protocols.Dav.Locks;

/// <summary>Tells of locks: <c>DAV:lockdiscovery</c> and <c>DAV:supportedlock</c>. RFC 4918 §15.8, §15.10.</summary>
static class LockXml
{
    public static readonly XName Exclusive = DavNames.Of("exclusive");
    public static readonly XName Shared = DavNames.Of("shared");
    static readonly XName Discovery = DavNames.Of("lockdiscovery");

    /// <summary>The properties, on every node that can be locked.</summary>
    public static void Register(DavTable table)
    {
        table.AddProperty(DavProperty.Loaded<DavNode, IReadOnlyList<PathLock>>(Discovery, Load, (xml, node, locks) => Write(xml, node, locks), allProp: true));
        table.AddProperty(DavProperty.Content<DavNode>(DavNames.Of("supportedlock"), (xml, _, _) => WriteSupported(xml), node => node.IsLockable, allProp: true));
    }

    /// <summary>Answers a <c>LOCK</c> with the locks that are now on the node.</summary>
    public static async ValueTask Answer(DavCall call, DavNode node, LockPlace place, int status)
    {
        var locks = await call.Engine.Locks.On(place, call.Cancellation);
        call.Http.Response.StatusCode = status;
        call.Http.Response.ContentType = "application/xml; charset=utf-8";
        using var xml = new DavXmlWriter(call.Http.Response.BodyWriter, call.Table.Namespaces);
        xml.Begin(DavNames.Prop);
        xml.Start(Discovery);
        Write(xml, node, locks);
        xml.End();
        xml.End();
        await xml.Flush(call.Cancellation);
    }

    static async ValueTask<IReadOnlyDictionary<DavNode, IReadOnlyList<PathLock>>> Load(DavCall call, IReadOnlyList<DavNode> nodes)
    {
        var found = new Dictionary<DavNode, IReadOnlyList<PathLock>>(ReferenceEqualityComparer.Instance);
        foreach (var group in nodes.Where(node => node is { IsLockable: true, Home: not null }).GroupBy(node => node.Home!.Account))
        {
            var locks = await call.Engine.Locks.OnAny(group.Key, group.Select(node => LockPlace.Of(node)!), call.Cancellation);
            foreach (var node in group) found[node] = locks.Count == 0 ? [] : locks.FindAll(held => held.Covers(LockPlace.Of(node)!.Path));
        }

        return found;
    }

    static void Write(DavXmlWriter xml, DavNode node, IReadOnlyList<PathLock> locks)
    {
        foreach (var held in locks)
        {
            xml.Start(DavNames.Of("activelock"));
            xml.Start(DavNames.Of("locktype"));
            xml.Empty(DavNames.Write);
            xml.End();
            xml.Start(DavNames.Of("lockscope"));
            xml.Empty(held.IsExclusive ? Exclusive : Shared);
            xml.End();
            xml.Element(DavNames.Of("depth"), held.IsDeep ? "infinity" : "0");
            if (held.Note.Length > 0) xml.Xml(held.Note);
            xml.Element(DavNames.Of("timeout"), string.Create(CultureInfo.InvariantCulture, $"Second-{(long)held.Lasts.TotalSeconds}"));
            xml.Start(DavNames.Of("locktoken"));
            xml.Href(held.Token);
            xml.End();
            xml.Start(DavNames.Of("lockroot"));
            xml.Href(DavLocks.RootOf(held, node.Home!, node.IsCollection || held.Path != LockPlace.Of(node)!.Path));
            xml.End();
            xml.End();
        }
    }

    static void WriteSupported(DavXmlWriter xml)
    {
        foreach (var scope in new[] { Exclusive, Shared })
        {
            xml.Start(DavNames.Of("lockentry"));
            xml.Start(DavNames.Of("lockscope"));
            xml.Empty(scope);
            xml.End();
            xml.Start(DavNames.Of("locktype"));
            xml.Empty(DavNames.Write);
            xml.End();
            xml.End();
        }
    }
}

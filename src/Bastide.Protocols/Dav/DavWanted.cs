using System.Xml.Linq;

namespace Bastide.Protocols.Dav;

/// <summary>Which properties a request asks for (RFC 4918 §9.1), so that a module loads what they need and no more.</summary>
public sealed class DavWanted
{
    readonly HashSet<XName> _names;

    internal DavWanted(DavWantedMode mode, IReadOnlyList<XElement> asked, bool dead)
    {
        Mode = mode;
        Asked = asked;
        Dead = dead;
        _names = [.. asked.Select(element => element.Name)];
    }

    /// <summary>No properties.</summary>
    public static DavWanted None { get; } = new(DavWantedMode.Named, [], dead: false);

    /// <summary>Whether properties that nobody registered are wanted, so that <see cref="DavNode.DeadProperties"/> is to be filled.</summary>
    public bool Dead { get; }

    internal DavWantedMode Mode { get; }

    /// <summary>The elements that ask by name; they may hold more, as <c>CALDAV:calendar-data</c> does.</summary>
    internal IReadOnlyList<XElement> Asked { get; }

    /// <summary>Whether the property is asked for by its name.</summary>
    public bool Has(XName name) => _names.Contains(name);

    /// <summary>The element that asks for the property, or null.</summary>
    public XElement? Element(XName name) => _names.Contains(name) ? Asked.First(element => element.Name == name) : null;
}

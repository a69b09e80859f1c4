using System.Xml.Linq;
using Bastide.Protocols.Dav;
using Bastide.Protocols.ICalendar;

namespace Bastide.Calendar.Dav;

/// <summary>Which parts of a component are told (<c>CALDAV:comp</c>, RFC 4791 §9.6.1). One that names nothing within is told whole.</summary>
sealed class ComponentPart
{
    const int MostLevels = 8;

    readonly string _name;
    readonly Dictionary<string, bool>? _properties;
    readonly List<ComponentPart>? _components;

    ComponentPart(string name, Dictionary<string, bool>? properties, List<ComponentPart>? components)
    {
        _name = name;
        _properties = properties;
        _components = components;
    }

    /// <summary>Reads the element. Throws <see cref="DavException"/>.</summary>
    public static ComponentPart Read(XElement element) => Read(element, 0);

    /// <summary>The part of a component.</summary>
    public ICalComponent Of(ICalComponent component) => new(component.Name, component.Nodes.Select(Part).OfType<ICalNode>());

    static ComponentPart Read(XElement element, int level)
    {
        if (level == MostLevels) throw new DavException(DavError.BadRequest("Components stand within one another at most eight deep."));
        var name = element.Attribute("name")?.Value ?? throw new DavException(DavError.BadRequest("CALDAV:comp has a name."));
        var properties = element.Elements(CalDavNames.Of("prop")).ToList();
        var components = element.Elements(CalDavNames.Comp).ToList();
        // Where only components are named, what the outer one says of itself belongs to it.
        var isAllProperties = properties.Count == 0 || element.Element(CalDavNames.Of("allprop")) is not null;
        var isAllComponents = (components.Count == 0 && properties.Count == 0) || element.Element(CalDavNames.Of("allcomp")) is not null;
        var named = new Dictionary<string, bool>(StringComparer.OrdinalIgnoreCase);
        foreach (var property in properties) named[property.Attribute("name")?.Value ?? ""] = property.Attribute("novalue")?.Value == "yes";
        return new ComponentPart(name, isAllProperties ? null : named, isAllComponents ? null : [.. components.Select(inner => Read(inner, level + 1))]);
    }

    ICalNode? Part(ICalNode node)
    {
        if (node is ICalComponent component)
        {
            if (_components is null) return component;
            return _components.Find(part => component.Is(part._name))?.Of(component);
        }

        if (_properties is null) return node;
        return _properties.TryGetValue(node.Name, out var isBare) ? isBare ? ((ICalProperty)node).WithValue("") : node : null;
    }
}

namespace Bastide.Protocols.ICalendar;

/// <summary>A component (RFC 5545 §3.6) with everything in it, known or not, in its order.</summary>
public sealed class ICalComponent : ICalNode
{
    readonly List<ICalNode> _nodes;

    /// <summary>A component of one's own making.</summary>
    public ICalComponent(string name, params IEnumerable<ICalNode> nodes) : base(name, 0) => _nodes = [.. nodes];

    internal ICalComponent(string name, int line) : base(name, line) => _nodes = [];

    /// <summary>Everything in it.</summary>
    public IReadOnlyList<ICalNode> Nodes => _nodes;

    /// <summary>Its properties.</summary>
    public IEnumerable<ICalProperty> Properties => _nodes.OfType<ICalProperty>();

    /// <summary>The components within.</summary>
    public IEnumerable<ICalComponent> Components => _nodes.OfType<ICalComponent>();

    /// <summary>The first property of a name, or null.</summary>
    public ICalProperty? Property(string name)
    {
        foreach (var node in _nodes)
            if (node is ICalProperty property && property.Is(name))
                return property;
        return null;
    }

    /// <summary>The properties of a name.</summary>
    public IEnumerable<ICalProperty> PropertiesOf(string name) => Properties.Where(property => property.Is(name));

    /// <summary>The components of a name.</summary>
    public IEnumerable<ICalComponent> ComponentsOf(string name) => Components.Where(component => component.Is(name));

    /// <summary>The first property of a name as TEXT, or null.</summary>
    public string? Text(string name) => Property(name)?.Text;

    /// <summary>Adds a property behind the last property, before the components; a component at the end.</summary>
    public void Add(ICalNode node)
    {
        if (node is ICalProperty) _nodes.Insert(_nodes.FindLastIndex(n => n is ICalProperty) + 1, node);
        else _nodes.Add(node);
    }

    /// <summary>Adds at the very end.</summary>
    public void Append(ICalNode node) => _nodes.Add(node);

    /// <summary>Puts the component before the first for which the test holds, or at the end.</summary>
    public void InsertBefore(Predicate<ICalNode> test, ICalComponent component)
    {
        var at = _nodes.FindIndex(test);
        _nodes.Insert(at < 0 ? _nodes.Count : at, component);
    }

    /// <summary>Puts one in the place of another.</summary>
    public void Replace(ICalNode old, ICalNode replacement)
    {
        if (ReferenceEquals(old, replacement)) return;
        var at = _nodes.IndexOf(old);
        if (at < 0) throw new ArgumentException($"{old.Name} is not in this {Name}.", nameof(old));
        _nodes[at] = replacement;
    }

    /// <summary>Takes one out.</summary>
    public void Remove(ICalNode node) => _nodes.Remove(node);

    /// <summary>Takes out every property of a name.</summary>
    public void RemoveAll(string name) => _nodes.RemoveAll(node => node is ICalProperty && node.Is(name));

    /// <summary>
    /// Sets the property of a name: the first takes the value (its parameters are those given, when they are given), others
    /// of the name go; null takes all away. One that has the value already stays as it was written.
    /// </summary>
    public void Set(string name, string? value, IReadOnlyList<ICalParameter>? parameters = null)
    {
        var present = Property(name);
        if (value is null)
        {
            RemoveAll(name);
            return;
        }

        if (present is null)
        {
            Add(new ICalProperty(name, value, parameters ?? []));
            return;
        }

        _nodes.RemoveAll(node => node is ICalProperty && node.Is(name) && !ReferenceEquals(node, present));
        Replace(present, parameters is null ? present.WithValue(value) : new ICalProperty(present.Name, value, parameters));
    }

    /// <summary>The same, with a TEXT that is escaped here.</summary>
    public void SetText(string name, string? value)
    {
        // A text written with needless escapes stays as it is while it says the same.
        if (value is not null && Property(name)?.Text == value) return;
        Set(name, value is null ? null : ICalText.Escape(value));
    }

    /// <summary>A copy that shares the properties, which never change.</summary>
    public ICalComponent Clone()
    {
        var copy = new ICalComponent(Name, Line);
        foreach (var node in _nodes) copy._nodes.Add(node is ICalComponent component ? component.Clone() : node);
        return copy;
    }
}

using System.Xml.Linq;
using Bastide.Protocols.Dav.Locks;
using Bastide.Protocols.Dav.Properties;
using Bastide.Protocols.Dav.Reports;
using Bastide.Protocols.Dav.Verbs;

namespace Bastide.Protocols.Dav;

/// <summary>What the server speaks: trees, verbs, reports, properties, privileges. Fixed once the server runs.</summary>
public sealed class DavTable
{
    readonly Dictionary<string, IDavHomes> _homes = [];
    readonly Dictionary<string, Entry<DavVerb>> _core = [];
    readonly Dictionary<string, List<Entry<DavVerb>>> _verbs = [];
    readonly Dictionary<XName, List<Entry<DavReport>>> _reports = [];
    readonly Dictionary<XName, List<DavProperty>> _properties = [];
    readonly List<DavPrivilege> _privileges = [];
    readonly List<string> _features = [];
    readonly List<string> _wellKnown = [];
    readonly Dictionary<XName, string> _principalSearches = [];

    /// <summary>Takes what the engine knows by itself, then asks every module for its own.</summary>
    public DavTable(IEnumerable<IDavModule> modules)
    {
        AddNamespace("D", DavNames.Dav);
        AddNamespace("CS", DavNames.CalendarServer);
        CoreVerbs.Register(this);
        CoreReports.Register(this);
        CoreProperties.Register(this);
        LockXml.Register(this);
        AclProperties.Register(this);
        PrincipalProperties.Register(this);
        foreach (var module in modules) module.Register(this);
    }

    /// <summary>The trees, by their first name.</summary>
    public IReadOnlyDictionary<string, IDavHomes> Homes => _homes;

    /// <summary>What the <c>DAV</c> header says beside the classes of RFC 4918.</summary>
    public IReadOnlyList<string> Features => _features;

    /// <summary>The privileges; each stands behind the one that contains it.</summary>
    public IReadOnlyList<DavPrivilege> Privileges => _privileges;

    /// <summary>The properties that principals can be searched by, each with what it is in English.</summary>
    public IReadOnlyDictionary<XName, string> PrincipalSearches => _principalSearches;

    internal DavNamespaces Namespaces { get; } = new();

    internal IReadOnlyList<string> WellKnown => _wellKnown;

    /// <summary>Adds a tree; throws when the name is taken.</summary>
    public void AddHomes(IDavHomes homes) => _homes.Add(homes.Name, homes);

    /// <summary>
    /// Adds a verb on the nodes that <paramref name="isOn"/> picks; null stands for an address where there is nothing. Throws
    /// when it is one of the engine's own.
    /// </summary>
    public void AddVerb(string method, Func<DavNode?, bool> isOn, DavVerb verb)
    {
        if (_core.ContainsKey(method)) throw new ArgumentException($"{method} is the engine's own.", nameof(method));
        Add(_verbs, method, new Entry<DavVerb>(isOn, verb));
    }

    /// <summary>Adds a report on the nodes that <paramref name="isOn"/> picks; it then stands in their <c>DAV:supported-report-set</c>.</summary>
    public void AddReport(XName name, Func<DavNode, bool> isOn, DavReport report) => Add(_reports, name, new Entry<DavReport>(node => node is not null && isOn(node), report));

    /// <summary>Adds a property; where several of one name are on a kind of node, the first holds.</summary>
    public void AddProperty(DavProperty property) => Add(_properties, property.Name, property);

    /// <summary>Adds a privilege within another.</summary>
    public void AddPrivilege(DavPrivilege privilege) => _privileges.Add(privilege);

    /// <summary>Adds a word to the <c>DAV</c> header: <c>calendar-access</c>.</summary>
    public void AddFeature(string feature) => _features.Add(feature);

    /// <summary>Lets principals be searched by a property that holds their name or their addresses (RFC 3744 §9.4).</summary>
    public void AddPrincipalSearch(XName property, string description) => _principalSearches.Add(property, description);

    /// <summary>Declares a namespace in every answer, so that what is of it can be written with a prefix.</summary>
    public void AddNamespace(string prefix, XNamespace name) => Namespaces.Add(prefix, name);

    /// <summary>Has <c>/.well-known/NAME</c> lead to the tree (RFC 6764 §5).</summary>
    public void AddWellKnown(string name) => _wellKnown.Add(name);

    /// <summary>The <c>DAV</c> header (RFC 4918 §10.1, §18).</summary>
    internal string Compliance(bool isLockable) => string.Join(", ", _features.Prepend(isLockable ? "1, 2, 3" : "1, 3"));

    /// <summary>Adds a verb of the engine's own, which says by itself where it is not allowed.</summary>
    internal void AddCoreVerb(string method, Func<DavNode?, bool> isOn, DavVerb verb) => _core.Add(method, new Entry<DavVerb>(isOn, verb));

    internal DavVerb? CoreVerb(string method) => _core.GetValueOrDefault(method)?.Value;

    internal DavVerb? Verb(string method, DavNode? node) => _verbs.GetValueOrDefault(method)?.Find(entry => entry.IsOn(node))?.Value;

    internal bool KnowsVerb(string method) => _verbs.ContainsKey(method);

    /// <summary>The verbs of a node, for <c>Allow</c>.</summary>
    internal IEnumerable<string> Verbs(DavNode? node) =>
        _core.Where(verb => verb.Value.IsOn(node)).Select(verb => verb.Key).Concat(_verbs.Where(verb => verb.Value.Exists(entry => entry.IsOn(node))).Select(verb => verb.Key));

    internal DavReport? Report(XName name, DavNode node) => _reports.GetValueOrDefault(name)?.Find(entry => entry.IsOn(node))?.Value;

    internal IEnumerable<XName> Reports(DavNode node) => _reports.Where(report => report.Value.Exists(entry => entry.IsOn(node))).Select(report => report.Key);

    /// <summary>The property of this name on a kind of node, or null.</summary>
    internal DavProperty? Property(XName name, Type node) => _properties.GetValueOrDefault(name)?.Find(property => property.NodeType.IsAssignableFrom(node));

    /// <summary>The property of this name that can be set, on whatever node; null where none can.</summary>
    internal DavProperty? Settable(XName name) => _properties.GetValueOrDefault(name)?.Find(property => property.Check is not null);

    internal bool KnowsProperty(XName name) => _properties.ContainsKey(name);

    /// <summary>The properties of a kind of node.</summary>
    internal IEnumerable<DavProperty> Properties(Type node) => _properties.Keys.Select(name => Property(name, node)).OfType<DavProperty>();

    static void Add<TKey, TValue>(Dictionary<TKey, List<TValue>> map, TKey key, TValue value)
        where TKey : notnull
    {
        if (!map.TryGetValue(key, out var list)) map[key] = list = [];
        list.Add(value);
    }

    sealed record Entry<T>(Func<DavNode?, bool> IsOn, T Value);
}

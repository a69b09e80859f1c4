using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;

namespace Bastide.Protocols.Jmap;

/// <summary>What the server speaks: methods by name, capabilities, and the types that push tells of. Fixed once the server runs.</summary>
public sealed class JmapMethodTable
{
    readonly Dictionary<string, Entry> _methods = [];
    readonly Dictionary<string, Capability> _capabilities = [];
    readonly Dictionary<DataType, string> _types = [];
    readonly Dictionary<DataType, BlobLookup> _lookups = [];
    readonly Dictionary<DataType, (string Capability, PushedObjects Find)> _pushed = [];
    readonly List<DataType> _quotaTypes = [];

    /// <summary>Asks every module for its methods.</summary>
    public JmapMethodTable(IEnumerable<IJmapMethods> modules)
    {
        foreach (var module in modules) module.Register(this);
    }

    /// <summary>The capabilities, by URI.</summary>
    public IReadOnlyDictionary<string, Capability> Capabilities => _capabilities;

    /// <summary>The types that push tells of, and the capability each belongs to.</summary>
    public IReadOnlyDictionary<DataType, string> Types => _types;

    /// <summary>Adds a method; throws when the name is taken. With <paramref name="needsAccount"/> the engine checks <c>accountId</c>.</summary>
    public void Add(string name, string capability, JmapMethod method, bool needsAccount = true) =>
        _methods.Add(name, new Entry(capability, method, needsAccount));

    /// <summary>
    /// Adds a capability: what the session says of it (null: it is of accounts alone), and of an account by the caller's rights
    /// on it whole (null: not there).
    /// </summary>
    public void AddCapability(string uri, Func<Caller, JsonObject?> session, Func<Caller, Account, Rights, JsonObject?> perAccount) =>
        _capabilities.Add(uri, new Capability(session, perAccount));

    /// <summary>Adds a type that push tells of.</summary>
    public void AddType(DataType type, string capability) => _types.Add(type, capability);

    /// <summary>
    /// Adds a type of which push tells what there is, and not its state. It moves the sequence of the person it is for; clients
    /// ask for it by name, as for any type.
    /// </summary>
    public void AddPushed(DataType type, string capability, PushedObjects find) => _pushed.Add(type, (capability, find));

    /// <summary>Lets blobs be looked up in items of a type (RFC 9404 §4.3); it then stands in <c>supportedTypeNames</c>.</summary>
    public void AddBlobLookup(DataType type, BlobLookup lookup) => _lookups.Add(type, lookup);

    /// <summary>Says that items of a type count against the account's quota (RFC 9425 §4: <c>types</c>).</summary>
    public void AddQuotaType(DataType type) => _quotaTypes.Add(type);

    internal IReadOnlyDictionary<DataType, (string Capability, PushedObjects Find)> Pushed => _pushed;

    internal IReadOnlyDictionary<DataType, BlobLookup> BlobLookups => _lookups;

    internal IReadOnlyList<DataType> QuotaTypes => _quotaTypes;

    internal bool TryFind(string name, [NotNullWhen(true)] out Entry? entry) => _methods.TryGetValue(name, out entry);

    internal sealed record Entry(string Capability, JmapMethod Method, bool NeedsAccount);

    /// <summary>What is said of a capability.</summary>
    /// <param name="Session">In the session's <c>capabilities</c>; null where it is of accounts alone.</param>
    /// <param name="PerAccount">In an account's <c>accountCapabilities</c>; null where it is not there.</param>
    public sealed record Capability(Func<Caller, JsonObject?> Session, Func<Caller, Account, Rights, JsonObject?> PerAccount);
}

using System.Text;
using System.Xml.Linq;

namespace Bastide.Protocols.Dav;

/// <summary>The namespaces that answers declare at their root, with their prefixes.</summary>
sealed class DavNamespaces
{
    readonly List<(XNamespace Namespace, byte[] Prefix)> _known = [];
    byte[] _declarations = [];

    /// <summary>The declarations, as they stand in the tag of the root.</summary>
    public ReadOnlySpan<byte> Declarations => _declarations;

    /// <summary>
    /// Adds one; the same namespace again keeps its first prefix. Throws <see cref="ArgumentException"/> where another has
    /// the prefix: no answer would be XML.
    /// </summary>
    public void Add(string prefix, XNamespace name)
    {
        if (PrefixOf(name) is not null) return;
        var octets = Encoding.ASCII.GetBytes(prefix + ":");
        if (_known.Any(known => known.Prefix.AsSpan().SequenceEqual(octets))) throw new ArgumentException($"Another namespace has the prefix {prefix}.", nameof(prefix));
        _known.Add((name, octets));
        _declarations = [.. _declarations, .. Encoding.UTF8.GetBytes($" xmlns:{prefix}=\"{name.NamespaceName}\"")];
    }

    /// <summary>The prefix with its colon, or null for a namespace that is not known. Namespaces are few, and are one object each.</summary>
    public byte[]? PrefixOf(XNamespace name)
    {
        foreach (var (known, prefix) in _known)
            if (ReferenceEquals(known, name))
                return prefix;
        return null;
    }
}

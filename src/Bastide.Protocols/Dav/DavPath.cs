using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;
using System.Xml;

namespace Bastide.Protocols.Dav;

/// <summary>
/// Where a node stands: the decoded names from the mount (<c>/dav</c>) down. Read from an address once, with every octet
/// decoded once; what could be taken for another path (<c>..</c>, an encoded slash, NUL) never becomes one.
/// </summary>
public sealed class DavPath : IEquatable<DavPath>
{
    /// <summary>The longest name, in UTF-8 octets.</summary>
    public const int MaxNameOctets = 1000;

    /// <summary>The most names below one another.</summary>
    public const int MaxDepth = 100;

    string? _href;

    DavPath(DavPath? parent, string name)
    {
        Parent = parent;
        Name = name;
        Depth = parent is null ? 0 : parent.Depth + 1;
    }

    /// <summary>What it stands in; null for the mount.</summary>
    public DavPath? Parent { get; }

    /// <summary>Its own name, decoded; for the mount the address the tree begins at, <c>/dav</c>.</summary>
    public string Name { get; }

    /// <summary>How many names lead here from the mount.</summary>
    public int Depth { get; }

    /// <summary>Its address, percent-encoded, without a slash at the end; collections are written with one behind it.</summary>
    public string Href => _href ??= Parent is null ? Name : string.Concat(Parent.Href, "/", Encode(Name));

    /// <summary>The path a tree begins at: <c>/dav</c>.</summary>
    public static DavPath Mount(string address) => new(null, address);

    /// <summary>A member of this collection. The name must be one (see <see cref="IsName"/>).</summary>
    public DavPath Child(string name) => new(this, name);

    /// <summary>The names from the mount down.</summary>
    public string[] Segments()
    {
        var segments = new string[Depth];
        for (var path = this; path.Parent is not null; path = path.Parent) segments[path.Depth - 1] = path.Name;
        return segments;
    }

    /// <summary>Whether it is the other or stands below it.</summary>
    public bool IsWithin(DavPath other)
    {
        var path = this;
        while (path.Depth > other.Depth) path = path.Parent!;
        return path.Equals(other);
    }

    /// <summary>Whether the text can be the name of a node: writable in XML and in an address, and not a step in a path.</summary>
    public static bool IsName(string name) =>
        name is not ("" or "." or "..") && Encoding.UTF8.GetByteCount(name) <= MaxNameOctets && !name.AsSpan().ContainsAny('/', '\0') && IsText(name);

    /// <summary>
    /// Reads an absolute path as it stands in a request or a document. False when it does not lead below
    /// <paramref name="mount"/> or holds what no path may. A slash at the end means nothing; slashes in a row are one.
    /// </summary>
    public static bool TryParse(string address, DavPath mount, [NotNullWhen(true)] out DavPath? path)
    {
        path = null;
        if (!address.StartsWith(mount.Name, StringComparison.Ordinal)) return false;
        var rest = address.AsSpan(mount.Name.Length);
        if (rest.Length > 0 && rest[0] != '/') return false;
        var found = mount;
        foreach (var range in rest.Split('/'))
        {
            var segment = rest[range];
            if (segment.Length == 0) continue;
            if (found.Depth == MaxDepth || Decode(segment) is not { } name || !IsName(name)) return false;
            found = found.Child(name);
        }

        path = found;
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(DavPath? other)
    {
        var path = this;
        if (other is null || path.Depth != other.Depth) return false;
        for (; !ReferenceEquals(path, other); path = path.Parent!, other = other.Parent!)
        {
            if (path.Name != other.Name) return false;
            if (path.Parent is null) return true;
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DavPath);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Depth, Name, Parent?.Name);

    /// <summary>Its address.</summary>
    public override string ToString() => Href;

    /// <summary>Null when it is not percent-encoded UTF-8, or holds what begins a query or a fragment.</summary>
    static string? Decode(ReadOnlySpan<char> segment)
    {
        if (segment.ContainsAny('?', '#')) return null;
        if (!segment.Contains('%')) return segment.ToString();
        var octets = new byte[Encoding.UTF8.GetMaxByteCount(segment.Length)];
        var length = 0;
        while (segment.Length > 0)
        {
            var plain = segment.IndexOf('%') is var percent and >= 0 ? percent : segment.Length;
            length += Encoding.UTF8.GetBytes(segment[..plain], octets.AsSpan(length));
            segment = segment[plain..];
            if (segment.Length == 0) break;
            if (segment.Length < 3 || !char.IsAsciiHexDigit(segment[1]) || !char.IsAsciiHexDigit(segment[2])) return null;
            octets[length++] = (byte)((Hex(segment[1]) << 4) | Hex(segment[2]));
            segment = segment[3..];
        }

        return Utf8.IsValid(octets.AsSpan(0, length)) ? Encoding.UTF8.GetString(octets, 0, length) : null;
    }

    static int Hex(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;

    /// <summary>Encodes everything that is not unreserved (RFC 3986 §2.3), but for <c>@</c>, which clients compare as it is.</summary>
    static string Encode(string name)
    {
        if (!name.AsSpan().ContainsAnyExcept(DavCharacters.Plain)) return name;
        var text = new StringBuilder(name.Length + 16);
        foreach (var octet in Encoding.UTF8.GetBytes(name))
        {
            if (DavCharacters.Plain.Contains((char)octet)) text.Append((char)octet);
            else text.Append('%').Append("0123456789ABCDEF"[octet >> 4]).Append("0123456789ABCDEF"[octet & 15]);
        }

        return text.ToString();
    }

    static bool IsText(string name)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsControl(name[i])) return false;
            if (XmlConvert.IsXmlChar(name[i])) continue;
            if (i + 1 == name.Length || !XmlConvert.IsXmlSurrogatePair(name[i + 1], name[i])) return false;
            i++;
        }

        return true;
    }
}

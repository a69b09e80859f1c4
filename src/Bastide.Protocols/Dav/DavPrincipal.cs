using System.Xml.Linq;
using Bastide.Abstractions.Identity;
using Bastide.Platform.Accounts;

namespace Bastide.Protocols.Dav;

/// <summary>
/// A person or a team (RFC 3744 §4). Modules register properties on it: where its calendars are, what its addresses are.
/// </summary>
public sealed class DavPrincipal : DavNode
{
    static readonly XName[] Types = [DavNames.Principal];

    internal DavPrincipal(DavPath path, DirectoryEntry entry, bool isCaller) : base(path, null)
    {
        Entry = entry;
        IsCaller = isCaller;
    }

    /// <summary>Who it is.</summary>
    public DirectoryEntry Entry { get; }

    /// <summary>Whether it is the caller.</summary>
    public bool IsCaller { get; }

    /// <inheritdoc/>
    public override bool IsCollection => false;

    /// <inheritdoc/>
    public override string Href => Path.Href + "/";

    /// <inheritdoc/>
    public override Rights Rights => Rights.Reader;

    /// <inheritdoc/>
    public override IReadOnlyList<XName> ResourceTypes => Types;

    /// <inheritdoc/>
    public override string? DisplayName => Entry.Name;
}

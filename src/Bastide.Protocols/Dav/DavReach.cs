namespace Bastide.Protocols.Dav;

/// <summary>What a change touches, and so which locks stand in its way (RFC 4918 §7).</summary>
public enum DavReach
{
    /// <summary>The content or the properties of a node.</summary>
    Node,

    /// <summary>A node that comes to be in its collection.</summary>
    NewMember,

    /// <summary>A node that leaves its collection, with all below it.</summary>
    Branch,
}

namespace Bastide.Protocols.Dav.Headers;

/// <summary>How deep a request reaches (RFC 4918 §10.2).</summary>
enum Depth
{
    /// <summary>The node alone.</summary>
    Zero,

    /// <summary>The node and its members.</summary>
    One,

    /// <summary>The node and all below it.</summary>
    Infinity,
}

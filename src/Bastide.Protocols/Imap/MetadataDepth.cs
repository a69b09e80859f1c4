namespace Bastide.Protocols.Imap;

/// <summary>How far below the entries that are named GETMETADATA looks (RFC 5464 §4.2.2).</summary>
public enum MetadataDepth
{
    /// <summary>Not at all.</summary>
    Zero,

    /// <summary>One level.</summary>
    One,

    /// <summary>However far.</summary>
    Infinity,
}

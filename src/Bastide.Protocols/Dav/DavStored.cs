namespace Bastide.Protocols.Dav;

/// <summary>What came of an upload.</summary>
/// <param name="Error">Why it was refused, or null when it is stored and durable.</param>
/// <param name="ETag">
/// The entity tag of what is stored, where that is octet for octet what came; null where it was changed on the way in, so that
/// the client reads it again (RFC 9110 §9.3.4).
/// </param>
public readonly record struct DavStored(DavError? Error, string? ETag)
{
    /// <summary>It is stored.</summary>
    public static DavStored As(string? etag) => new(null, etag);

    /// <summary>It was refused.</summary>
    public static implicit operator DavStored(DavError error) => FromDavError(error);

    /// <summary>It was refused.</summary>
    public static DavStored FromDavError(DavError error) => new(error, null);
}

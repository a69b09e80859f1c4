namespace Bastide.Protocols.Dav;

/// <summary>What the engine takes of one request and one person.</summary>
public sealed record DavLimits
{
    /// <summary>The most octets of an XML body.</summary>
    public int XmlOctets { get; init; } = 4 * 1024 * 1024;

    /// <summary>The most elements of an XML body.</summary>
    public int XmlElements { get; init; } = 50_000;

    /// <summary>The most elements of an XML body within one another.</summary>
    public int XmlDepth { get; init; } = 64;

    /// <summary>The most attributes of one element, declarations of namespaces among them.</summary>
    public int XmlAttributes { get; init; } = 64;

    /// <summary>The most properties that one request asks for or sets.</summary>
    public int Properties { get; init; } = 200;

    /// <summary>The longest value of a dead property, in characters of XML.</summary>
    public int DeadPropertyLength { get; init; } = 64 * 1024;

    /// <summary>How many requests of a person run at once.</summary>
    public int ConcurrentRequests { get; init; } = 20;

    /// <summary>How many members are asked of a module at a time.</summary>
    public int Page { get; init; } = 500;

    /// <summary>The longest a lock lasts without being refreshed, in seconds.</summary>
    public int LockSeconds { get; init; } = 24 * 3600;

    /// <summary>The most locks of a person.</summary>
    public int Locks { get; init; } = 1000;
}

namespace Bastide.Protocols.Imap;

/// <summary>How THREAD puts messages together (RFC 5256 §3).</summary>
public enum ThreadAlgorithm
{
    /// <summary>By base subject.</summary>
    OrderedSubject,

    /// <summary>By what each refers to, then by base subject.</summary>
    References,
}

namespace Bastide.Protocols.Imap;

/// <summary>The data items of FETCH that take no argument (RFC 9051 §6.4.5 and the extensions cited).</summary>
[Flags]
public enum FetchAttributes
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary><c>FLAGS</c>.</summary>
    Flags = 1,

    /// <summary><c>INTERNALDATE</c>.</summary>
    InternalDate = 2,

    /// <summary><c>RFC822.SIZE</c>.</summary>
    Size = 4,

    /// <summary><c>ENVELOPE</c>.</summary>
    Envelope = 8,

    /// <summary><c>BODY</c>: the structure without extensions.</summary>
    Body = 16,

    /// <summary><c>BODYSTRUCTURE</c>.</summary>
    BodyStructure = 32,

    /// <summary><c>UID</c>.</summary>
    Uid = 64,

    /// <summary><c>MODSEQ</c> (RFC 7162).</summary>
    ModSeq = 128,

    /// <summary><c>EMAILID</c> (RFC 8474).</summary>
    EmailId = 256,

    /// <summary><c>THREADID</c> (RFC 8474).</summary>
    ThreadId = 512,

    /// <summary><c>SAVEDATE</c> (RFC 8514).</summary>
    SaveDate = 1024,

    /// <summary><c>PREVIEW</c>, with or without <c>LAZY</c> (RFC 8970).</summary>
    Preview = 2048,
}

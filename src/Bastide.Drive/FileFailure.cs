namespace Bastide.Drive;

/// <summary>Why an operation refused something, in a form that every protocol can tell.</summary>
public enum FileFailure
{
    /// <summary>It does not exist, or not for the asker.</summary>
    NotFound,

    /// <summary>It exists and the asker may not do this.</summary>
    Forbidden,

    /// <summary>What the asker expects is not so any more.</summary>
    StateMismatch,

    /// <summary>Somebody holds a lock on it.</summary>
    Locked,

    /// <summary>The folder holds something of this name.</summary>
    AlreadyExists,

    /// <summary>The name is none that a file can have.</summary>
    InvalidName,

    /// <summary>It would stand in itself, or deeper than anything may.</summary>
    InvalidPlace,

    /// <summary>Some property has a value it cannot have.</summary>
    InvalidProperties,

    /// <summary>The account has no room left.</summary>
    OverQuota,

    /// <summary>The account has as many files as one may have.</summary>
    TooManyItems,

    /// <summary>The folder holds something.</summary>
    HasMembers,

    /// <summary>The octets are not those whose checksum came with them.</summary>
    WrongChecksum,
}

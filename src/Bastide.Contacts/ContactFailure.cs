namespace Bastide.Contacts;

/// <summary>Why an operation refused something; each is an error of RFC 8620 or RFC 9610, and a precondition of CardDAV (RFC 6352).</summary>
public enum ContactFailure
{
    /// <summary>It does not exist, or not for the asker.</summary>
    NotFound,

    /// <summary>It exists and the asker may not do this.</summary>
    Forbidden,

    /// <summary>The state the change was made against is not the present one.</summary>
    StateMismatch,

    /// <summary>Some property has a value it cannot have.</summary>
    InvalidProperties,

    /// <summary>A patch leads through what is not there.</summary>
    InvalidPatch,

    /// <summary>The account has no room left.</summary>
    OverQuota,

    /// <summary>It is larger than anything may be.</summary>
    TooLarge,

    /// <summary>The account has as many items of this type as one may have.</summary>
    TooManyItems,

    /// <summary>The account has a card of this uid already.</summary>
    AlreadyExists,

    /// <summary>The address book holds cards.</summary>
    HasContents,

    /// <summary>It is destroyed in the same set, so that changing it is idle.</summary>
    WillDestroy,
}

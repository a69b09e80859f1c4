namespace Bastide.Mail.Imap;

/// <summary>The states of a session (RFC 9051 §3), as a set.</summary>
[Flags]
enum ImapStates
{
    /// <summary>Nobody is signed in.</summary>
    NotAuthenticated = 1,

    /// <summary>Somebody is signed in and no mailbox is selected.</summary>
    Authenticated = 2,

    /// <summary>A mailbox is selected.</summary>
    Selected = 4,

    /// <summary>Somebody is signed in.</summary>
    SignedIn = Authenticated | Selected,

    /// <summary>Every state.</summary>
    Any = NotAuthenticated | SignedIn,
}

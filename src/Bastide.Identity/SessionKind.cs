namespace Bastide.Identity;

/// <summary>What a session rests on.</summary>
enum SessionKind
{
    /// <summary>A browser, by the cookie of the sign-in pages.</summary>
    Browser = 0,

    /// <summary>An application, by OAuth 2.0 tokens.</summary>
    Authorization = 1,

    /// <summary>An app password.</summary>
    AppPassword = 2,

    /// <summary>The account's password itself, on a protocol that takes it (IMAP, SMTP, Basic).</summary>
    Password = 3,
}

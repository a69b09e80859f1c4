namespace Bastide.Identity.Credentials;

/// <summary>What comparing a password gave.</summary>
enum PasswordVerdict
{
    /// <summary>It is another.</summary>
    Wrong,

    /// <summary>It is the one.</summary>
    Right,

    /// <summary>It is the one, kept under a cost that is not today's: keep it anew.</summary>
    RightButWeaklyKept,
}

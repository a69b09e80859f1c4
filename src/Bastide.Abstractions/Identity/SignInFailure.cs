namespace Bastide.Abstractions.Identity;

/// <summary>Why a sign-in was refused. What is told to the peer never says whether the account exists.</summary>
public enum SignInFailure
{
    /// <summary>It was not.</summary>
    None,

    /// <summary>Wrong name, password or token.</summary>
    Invalid,

    /// <summary>Too many attempts: wait.</summary>
    TooMany,

    /// <summary>The account is disabled.</summary>
    Disabled,

    /// <summary>The token or app password does not cover this protocol.</summary>
    Scope,

    /// <summary>The token has expired.</summary>
    Expired,
}

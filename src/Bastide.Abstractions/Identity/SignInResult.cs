using Bastide.Platform.Accounts;

namespace Bastide.Abstractions.Identity;

/// <summary>What came of an attempt to sign in.</summary>
/// <param name="Caller">Who it is, or null when it was refused.</param>
/// <param name="Failure">Why it was refused.</param>
/// <param name="RetryAfter">How long to wait, when there were too many attempts.</param>
public readonly record struct SignInResult(Caller? Caller, SignInFailure Failure = SignInFailure.None, TimeSpan RetryAfter = default);

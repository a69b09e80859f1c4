using Bastide.Abstractions.Identity;
using Bastide.Identity.Store;

namespace Bastide.Identity.Credentials;

/// <summary>Whose password it was, or why it was refused.</summary>
readonly record struct PasswordOutcome(PersonCredentials? Person, SignInFailure Failure, TimeSpan RetryAfter);

using System.Net;

namespace Bastide.Identity.Credentials;

/// <summary>Where an attempt to sign in comes from.</summary>
/// <param name="Remote">The address.</param>
/// <param name="Device">
/// The browser, when the account signed in from it before: its attempts count alone, whoever else shares the address.
/// </param>
/// <param name="IsKnown">Whether the account signed in from this browser or address before.</param>
sealed record SignInOrigin(IPAddress Remote, string? Device = null, bool IsKnown = false);

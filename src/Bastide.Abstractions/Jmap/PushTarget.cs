using Bastide.Platform.Accounts;

namespace Bastide.Abstractions.Jmap;

/// <summary>A subscription with whoever made it, for a delivery.</summary>
/// <param name="Caller">The person, with what the credential that made the subscription may do.</param>
/// <param name="Subscription">The subscription.</param>
public sealed record PushTarget(Caller Caller, PushSubscription Subscription);

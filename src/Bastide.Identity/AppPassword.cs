namespace Bastide.Identity;

/// <summary>An app password as its person sees it; the secret is not kept.</summary>
/// <param name="Id">Its number: that of its session.</param>
/// <param name="Label">What the person calls it.</param>
/// <param name="Scopes">What it may be used for, separated by blanks.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="LastSeenAt">When it was last used, coarsely.</param>
/// <param name="LastAddress">Where it was last used from.</param>
public sealed record AppPassword(long Id, string Label, string Scopes, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, string LastAddress);

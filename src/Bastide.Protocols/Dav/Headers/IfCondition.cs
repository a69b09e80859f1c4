namespace Bastide.Protocols.Dav.Headers;

/// <summary>One condition of an <c>If</c> header: a token of a lock, or an entity tag.</summary>
/// <param name="IsNot">Whether it must not hold.</param>
/// <param name="Token">The token of a lock that must reach to the resource.</param>
/// <param name="ETag">The entity tag the resource must have, with its quotes.</param>
sealed record IfCondition(bool IsNot, string? Token, string? ETag);

namespace Bastide.Protocols.Dav.Headers;

/// <summary>Conditions of an <c>If</c> header that must all hold of one resource.</summary>
/// <param name="Tag">The address of the resource; null for that of the request.</param>
/// <param name="Conditions">The conditions.</param>
sealed record IfList(string? Tag, IReadOnlyList<IfCondition> Conditions);

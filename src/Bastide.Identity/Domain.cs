namespace Bastide.Identity;

/// <summary>A domain whose mail is delivered here.</summary>
/// <param name="Name">Its name, in A-labels and lower case.</param>
/// <param name="IsPrimary">Whether it is the one of <c>BASTIDE_DOMAIN</c>, whose people may leave it out of their user name.</param>
/// <param name="CreatedAt">When it came.</param>
public sealed record Domain(string Name, bool IsPrimary, DateTimeOffset CreatedAt);

namespace Bastide.Drive;

/// <summary>What is said of a node beside its octets; null leaves it as it is.</summary>
/// <param name="Type">The media type.</param>
/// <param name="IsExecutable">Whether it is a program.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Modified">When its octets were written.</param>
public sealed record FileFacts(string? Type = null, bool? IsExecutable = null, DateTimeOffset? Created = null, DateTimeOffset? Modified = null);

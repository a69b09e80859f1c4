namespace Bastide.Identity;

/// <summary>Why an operation was not done; nothing of it was.</summary>
/// <param name="Kind">The kind of reason, for programs.</param>
/// <param name="Description">One sentence that tells a person what to do.</param>
public sealed record Refusal(RefusalKind Kind, string Description);

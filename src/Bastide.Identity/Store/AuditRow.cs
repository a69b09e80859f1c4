namespace Bastide.Identity.Store;

/// <summary>A line of the audit log.</summary>
sealed record AuditRow(
    long Id,
    DateTimeOffset At,
    string Action,
    string Outcome,
    string Actor,
    string Target,
    string? Domain,
    long? Session,
    string? Remote,
    string? Detail);

namespace Bastide.Calendar.Scheduling;

/// <summary>Mail that says something to a calendar, as its job knows it.</summary>
/// <param name="Account">In whose inbox it is.</param>
/// <param name="Blob">The mail.</param>
sealed record IMipPayload(long Account, string Blob);

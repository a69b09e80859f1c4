namespace Bastide.Calendar;

/// <summary>Who an account is in invitations.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">The name to show.</param>
/// <param name="CalendarAddress">The URI, as <c>mailto:alice@example.com</c>.</param>
/// <param name="IsDefault">Whether clients take this one where nothing else is said.</param>
public sealed record ParticipantIdentity(long Id, string Name, string CalendarAddress, bool IsDefault);

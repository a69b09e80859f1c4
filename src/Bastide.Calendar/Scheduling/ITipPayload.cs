namespace Bastide.Calendar.Scheduling;

/// <summary>A message between calendars as its job knows it.</summary>
/// <param name="Account">Whose calendar it comes from.</param>
/// <param name="Sender">The calendar address of whom it is from.</param>
/// <param name="Recipient">The calendar address of whom it is for.</param>
/// <param name="IsQuiet">Whether it tells only how others answered.</param>
/// <param name="Text">The message.</param>
sealed record ITipPayload(long Account, string Sender, string Recipient, bool IsQuiet, string Text);

namespace Bastide.Abstractions.Mail;

/// <summary>What a message says to calendars.</summary>
/// <param name="From">The addresses the message is from, as its header says.</param>
/// <param name="Part">What it brings.</param>
public sealed record ArrivedCalendar(IReadOnlyList<string> From, CalendarPart Part);

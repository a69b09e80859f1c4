namespace Bastide.Protocols.ICalendar;

/// <summary>A series whose occurrences in the time asked for are more than anybody reads, or so rare that they are not looked for.</summary>
public sealed class ExpansionRefusedException() : Exception("The series recurs too often, or too rarely, to be told for so long a time: ask for less.");

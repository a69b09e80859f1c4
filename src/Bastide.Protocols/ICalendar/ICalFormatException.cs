namespace Bastide.Protocols.ICalendar;

/// <summary>A text that is not iCalendar, or more of it than is taken: which line, and why.</summary>
public sealed class ICalFormatException(int line, string reason) : FormatException(line > 0 ? $"Line {line}: {reason}" : reason)
{
    /// <summary>The physical line, counted from 1; 0 when it is no single one.</summary>
    public int Line => line;

    /// <summary>What is wrong, as a sentence.</summary>
    public string Reason => reason;
}

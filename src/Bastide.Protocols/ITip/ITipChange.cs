using Bastide.Protocols.ICalendar;

namespace Bastide.Protocols.ITip;

/// <summary>What a message makes of an object.</summary>
/// <param name="Calendar">The VCALENDAR to store.</param>
public sealed record ITipChange(ICalComponent Calendar)
{
    /// <summary>Of an answer: who answered, and how each stands now, upper-case (RFC 5545 §3.2.12). Empty of anything else.</summary>
    public IReadOnlyList<(string Attendee, string Status)> Answers { get; init; } = [];

    /// <summary>Whether people see that something changed: more than times of writing.</summary>
    public bool IsSeen { get; init; } = true;
}

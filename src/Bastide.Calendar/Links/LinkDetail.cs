namespace Bastide.Calendar.Links;

/// <summary>How much a link tells of a calendar.</summary>
public enum LinkDetail
{
    /// <summary>Its public events.</summary>
    Full,

    /// <summary>When one is busy, and nothing else.</summary>
    FreeBusy,
}

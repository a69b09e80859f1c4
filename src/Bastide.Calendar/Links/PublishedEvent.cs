using NodaTime;

namespace Bastide.Calendar.Links;

/// <summary>An occurrence as the page of a published calendar shows it.</summary>
/// <param name="Title">What it is, or the word for a time of which nothing is told.</param>
/// <param name="Begin">When it begins, on the page's clock.</param>
/// <param name="End">When it ends.</param>
/// <param name="IsAllDay">Whether it is of whole days.</param>
/// <param name="Place">Where; empty where that is not known.</param>
/// <param name="Description">What else is said; empty where nothing is.</param>
readonly record struct PublishedEvent(string Title, LocalDateTime Begin, LocalDateTime End, bool IsAllDay, string Place, string Description)
{
    /// <summary>The last day it is on.</summary>
    public LocalDate LastDay => End > Begin ? End.PlusTicks(-1).Date : Begin.Date;
}

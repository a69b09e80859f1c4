namespace Bastide.Abstractions.Identity;

/// <summary>That a team is a room or a thing people book: its calendar answers invitations by itself, and its members look after it.</summary>
/// <param name="IsRoom">Whether it is a place; otherwise a thing: a car, a projector.</param>
/// <param name="IsAsked">Whether its members decide who gets it; otherwise the first who asks.</param>
/// <param name="Capacity">How many people it holds, where that is known.</param>
/// <param name="Place">Where it is and what is in it, in a few words, or null.</param>
public sealed record TeamResource(bool IsRoom, bool IsAsked, int? Capacity, string? Place);

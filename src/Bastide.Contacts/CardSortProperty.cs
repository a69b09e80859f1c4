namespace Bastide.Contacts;

/// <summary>What cards are sorted by (RFC 9610 §3.3.2).</summary>
public enum CardSortProperty
{
    /// <summary>When they were made.</summary>
    Created,

    /// <summary>When they changed last.</summary>
    Updated,

    /// <summary>The given name; what they are called where they have none.</summary>
    Given,

    /// <summary>The surname; what they are called where they have none.</summary>
    Surname,

    /// <summary>The second surname; what they are called where they have none.</summary>
    Surname2,
}

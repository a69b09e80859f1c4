namespace Bastide.Platform.Search;

/// <summary>Where in a document to look.</summary>
public enum SearchField
{
    /// <summary>Everywhere.</summary>
    Any,

    /// <summary>In the subject or name.</summary>
    Title,

    /// <summary>In who made it.</summary>
    Sender,

    /// <summary>In who it is for.</summary>
    Recipients,

    /// <summary>In what it says.</summary>
    Body,

    /// <summary>In the names of what is attached.</summary>
    Names,
}

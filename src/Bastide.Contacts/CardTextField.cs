namespace Bastide.Contacts;

/// <summary>The texts of a card that can be looked into (RFC 9610 §3.3.1).</summary>
public enum CardTextField
{
    /// <summary>All of them.</summary>
    Text,

    /// <summary>The name, whole and in parts.</summary>
    Name,

    /// <summary>The given name.</summary>
    Given,

    /// <summary>The surname.</summary>
    Surname,

    /// <summary>The second surname.</summary>
    Surname2,

    /// <summary>The nicknames.</summary>
    Nickname,

    /// <summary>The organisations and their units.</summary>
    Organization,

    /// <summary>The addresses of mail, and their labels.</summary>
    Email,

    /// <summary>The telephone numbers, and their labels.</summary>
    Phone,

    /// <summary>The online services.</summary>
    OnlineService,

    /// <summary>The postal addresses.</summary>
    Address,

    /// <summary>The notes.</summary>
    Note,
}

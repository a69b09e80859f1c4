namespace Bastide.Contacts;

/// <summary>Where a recipient was found.</summary>
public enum RecipientSource
{
    /// <summary>In an address book.</summary>
    Contact,

    /// <summary>A group of an address book.</summary>
    Group,

    /// <summary>In the organisation's directory.</summary>
    Directory,

    /// <summary>Among those who were written to.</summary>
    Correspondent,
}

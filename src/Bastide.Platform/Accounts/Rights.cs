namespace Bastide.Platform.Accounts;

/// <summary>What a grant allows on an account or one of its collections.</summary>
[Flags]
public enum Rights
{
    /// <summary>Nothing: the thing does not exist for the asker.</summary>
    None = 0,

    /// <summary>That it exists, and free/busy times.</summary>
    Lookup = 1,

    /// <summary>Its items.</summary>
    Read = 2,

    /// <summary>Adding and changing items.</summary>
    Write = 4,

    /// <summary>Destroying items.</summary>
    Delete = 8,

    /// <summary>Sending in its name.</summary>
    Submit = 16,

    /// <summary>Making, renaming, destroying and sharing collections.</summary>
    Manage = 32,

    /// <summary>Adding and changing items of one's own, where items have owners.</summary>
    WriteOwn = 64,

    /// <summary>Changing what of an item each person has of their own.</summary>
    Personalize = 128,

    /// <summary>Answering invitations in one's own name.</summary>
    Respond = 256,

    /// <summary>Destroying the collection itself.</summary>
    Remove = 512,

    /// <summary>Reading only.</summary>
    Reader = Lookup | Read,

    /// <summary>What a member of a team has.</summary>
    Member = Reader | Write | Delete | Submit,

    /// <summary>What the owner of an account has.</summary>
    Owner = Member | Manage,
}

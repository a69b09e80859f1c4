namespace Bastide.Identity;

/// <summary>What a member of a team may do with what the team owns.</summary>
public enum TeamRole
{
    /// <summary>Read.</summary>
    Reader = 0,

    /// <summary>Read, write, and send in the team's name.</summary>
    Member = 1,

    /// <summary>What a member may, and make, rename, destroy and share collections.</summary>
    Owner = 2,
}

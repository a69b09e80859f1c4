namespace Bastide.Platform.Accounts;

/// <summary>Who an account belongs to.</summary>
public enum AccountKind
{
    /// <summary>A person.</summary>
    User = 0,

    /// <summary>A team, reached by its members through grants.</summary>
    Team = 1,

    /// <summary>The program itself (bounces, notices).</summary>
    System = 2,
}

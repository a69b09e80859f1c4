namespace Bastide.Identity;

/// <summary>Why an operation on people, teams or domains was not done.</summary>
public enum RefusalKind
{
    /// <summary>There is no such thing, or none the actor may see.</summary>
    NotFound,

    /// <summary>The name or address is taken.</summary>
    Exists,

    /// <summary>What was given cannot be used.</summary>
    Invalid,

    /// <summary>The actor sees it but may not do this.</summary>
    Forbidden,

    /// <summary>Something still needs it.</summary>
    InUse,
}

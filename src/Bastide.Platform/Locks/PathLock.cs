using Bastide.Platform.Accounts;

namespace Bastide.Platform.Locks;

/// <summary>What a person holds for a while, so that nobody else changes it: an address, whether or not anything stands there.</summary>
/// <param name="Token">Its name, known to whoever made it and to whom it was told.</param>
/// <param name="Account">The account it is in.</param>
/// <param name="Path">The address below the account's: names with a slash between them.</param>
/// <param name="Person">Who holds it.</param>
/// <param name="IsExclusive">Whether nobody else may hold it too.</param>
/// <param name="IsDeep">Whether it reaches to all that stands below.</param>
/// <param name="Note">What the holder wrote to it.</param>
/// <param name="Lasts">How long it was asked for.</param>
/// <param name="Expires">When it ends by itself.</param>
public sealed record PathLock(
    string Token, AccountId Account, string Path, AccountId Person, bool IsExclusive, bool IsDeep, string Note, TimeSpan Lasts, DateTimeOffset Expires)
{
    /// <summary>Whether it reaches to this address.</summary>
    public bool Covers(string path) => path == Path || (IsDeep && IsAbove(path));

    /// <summary>Whether the address stands below its own.</summary>
    public bool IsAbove(string path) => path.Length > Path.Length && path[Path.Length] == '/' && path.StartsWith(Path, StringComparison.Ordinal);

    /// <summary>Whether its own address stands below this one.</summary>
    public bool IsBelow(string path) => Path.Length > path.Length && Path[path.Length] == '/' && Path.StartsWith(path, StringComparison.Ordinal);
}

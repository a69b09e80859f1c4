using Bastide.Platform.Accounts;

namespace Bastide.Protocols.Tests.Dav;

/// <summary>What the caller may do with the shelves of an account.</summary>
/// <param name="Whole">With all of them.</param>
/// <param name="Single">With single collections, and all in them, beside that.</param>
sealed record ShelfAccess(Rights Whole, IReadOnlyDictionary<long, Rights> Single)
{
    public Rights On(Rights above, ShelfEntry entry) => above | Single.GetValueOrDefault(entry.Id);
}

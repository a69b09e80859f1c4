using Bastide.Abstractions.Identity;

namespace Bastide.Protocols.Dav.Principals;

/// <summary><c>/dav/principals/ADDRESS/</c>: people and teams (RFC 3744 §2). Everybody of the workplace sees everybody.</summary>
sealed class PrincipalTree(IDirectory directory)
{
    /// <summary>Its name below the root.</summary>
    public const string Name = "principals";

    /// <summary>The collection of all of them.</summary>
    public PrincipalCollection Collection(DavCall call) => new(call, this);

    /// <summary>The node these names lead to, the first of them <see cref="Name"/>.</summary>
    public async ValueTask<DavNode?> Find(DavCall call, string[] names) => names.Length switch
    {
        1 => Collection(call),
        2 => await Find(call, names[1]),
        _ => null,
    };

    /// <summary>The principal of a primary address.</summary>
    public async ValueTask<DavPrincipal?> Find(DavCall call, string address) =>
        await directory.Find(address, call.Cancellation) is { Disabled: false } entry && address.Equals(entry.Address, StringComparison.OrdinalIgnoreCase) ? Principal(call, entry) : null;

    /// <summary>The principal of an entry.</summary>
    public static DavPrincipal Principal(DavCall call, DirectoryEntry entry) => new(call.Mount.Child(Name).Child(entry.Address), entry, entry.Account == call.Caller.Person);
}

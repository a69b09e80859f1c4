using Bastide.Platform.Accounts;

namespace Bastide.Protocols.Dav;

/// <summary>A node that can be shared: its access control list is a list of grants (RFC 3744).</summary>
public interface IDavShared
{
    /// <summary>The grants on it and on its account whole; null where the caller may not know them.</summary>
    ValueTask<IReadOnlyList<Grant>?> Grants(DavCall call);

    /// <summary>Puts these in place of the grants on the node itself (<c>ACL</c>, RFC 3744 §8.1).</summary>
    ValueTask<DavError?> SetGrants(DavCall call, IReadOnlyDictionary<AccountId, Rights> grants, DavGuard guard);
}

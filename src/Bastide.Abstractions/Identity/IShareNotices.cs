using Bastide.Platform.Db;

namespace Bastide.Abstractions.Identity;

/// <summary>Tells people that what they may do with something of somebody else changed (RFC 9670 §3).</summary>
public interface IShareNotices
{
    /// <summary>Tells one, in the transaction that changes the rights. Teams and oneself are told nothing.</summary>
    ValueTask Tell(WriteScope scope, ShareNotice notice);
}

using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Abstractions.Identity;

/// <summary>The append-only log of sign-ins, administration and sharing, for those modules whose doings belong in it.</summary>
public interface IAuditLog
{
    /// <summary>Appends a line, in the transaction of what it tells of. Never a secret, never the contents of anything.</summary>
    /// <param name="scope">The transaction.</param>
    /// <param name="caller">Who did it.</param>
    /// <param name="action">What, as <c>calendar.publish</c>.</param>
    /// <param name="account">Whose thing it was done to; whoever administers their domain reads the line.</param>
    /// <param name="detail">Which thing and how, or null.</param>
    ValueTask Write(WriteScope scope, Caller caller, string action, AccountId account, string? detail);
}

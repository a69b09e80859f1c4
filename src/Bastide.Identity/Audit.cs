using Bastide.Abstractions.Identity;
using Bastide.Identity.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Identity;

/// <summary>
/// Writes the audit log, in the transaction of what it tells of. Never a secret, never a message: who, what, to whom,
/// from where, and how it ended.
/// </summary>
sealed class Audit(TimeProvider time) : IAuditLog
{
    /// <summary>What came of it.</summary>
    public const string Done = "done";

    /// <summary>It was refused.</summary>
    public const string Refused = "refused";

    /// <summary>Appends a line. The domain, when there is one, decides which administrators read it.</summary>
    public ValueTask Write(WriteScope scope, string action, Actor actor, string target, string? domain, string? detail = null, string outcome = Done, long? session = null) =>
        AuditTable.Add(
            scope,
            new AuditRow(0, time.GetUtcNow(), action, outcome, Cut(actor.Name), Cut(target), domain, session ?? actor.Session, actor.Remote?.ToString(), detail),
            actor.Person is { Value: > 0 } person ? person.Value : null);

    /// <inheritdoc/>
    public async ValueTask Write(WriteScope scope, Caller caller, string action, AccountId account, string? detail)
    {
        var target = (await AddressTable.Find(scope, account))?.Address;
        await Write(scope, action, Actor.Of(caller, null), target ?? account.ToString(), target is null ? null : People.DomainOf(target), detail);
    }

    // What a stranger typed as a name is written too, but no more than an address can be.
    static string Cut(string text) => text.Length <= 320 ? text : text[..320];
}

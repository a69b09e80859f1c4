using Bastide.Platform.Accounts;

namespace Bastide.Mail.Tests.Store;

/// <summary>Somebody with mail: their account, they themselves, and their mailboxes by role.</summary>
public sealed record Person(AccountId Account, Caller Caller)
{
    public IReadOnlyDictionary<string, long> Mailboxes { get; init; } = new Dictionary<string, long>();
}

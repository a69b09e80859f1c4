using System.Collections.Concurrent;
using Bastide.Abstractions.Mail;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Mail.Tests.Smtp;

/// <summary>What other modules hear of mail that is sent.</summary>
sealed class SentMail : ISentMailListener
{
    public ConcurrentQueue<(AccountId Account, string To)> Heard { get; } = [];

    public ValueTask Sent(WriteScope scope, AccountId account, IReadOnlyList<SentTo> recipients, DateTimeOffset at)
    {
        Heard.Enqueue((account, string.Join(", ", recipients.Select(to => $"{to.Name} <{to.Address}>"))));
        return default;
    }
}

using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Abstractions.Mail;

/// <summary>Modules that remember whom people write to hear of every message that is sent, inside the transaction that sends it.</summary>
public interface ISentMailListener
{
    /// <summary>A message was sent in the name of an account.</summary>
    ValueTask Sent(WriteScope scope, AccountId account, IReadOnlyList<SentTo> recipients, DateTimeOffset at);
}

using Bastide.Platform.Db;

namespace Bastide.Abstractions.Mail;

/// <summary>A message that is written and not yet sent.</summary>
public interface IPreparedMail
{
    /// <summary>Puts it into the queue: it is sent exactly when the transaction commits.</summary>
    ValueTask Post(WriteScope scope);
}

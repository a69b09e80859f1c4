namespace Bastide.Abstractions.Mail;

/// <summary>Sends mail that another module writes: invitations, alarms. Offered by the mail module.</summary>
public interface IProgramMail
{
    /// <summary>
    /// Writes the message where the queue finds it, outside of any transaction. Null when mail reaches none of the
    /// recipients at all: no address of theirs can be one.
    /// </summary>
    ValueTask<IPreparedMail?> Prepare(ProgramMessage message, CancellationToken cancellation);
}

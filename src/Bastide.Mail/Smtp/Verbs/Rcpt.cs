using Bastide.Platform.Accounts;
using Bastide.Protocols.Smtp;

namespace Bastide.Mail.Smtp.Verbs;

/// <summary>
/// <c>RCPT TO:&lt;forward-path&gt;</c> adds a recipient, who is looked up at once: nobody is accepted who is not here, and
/// nobody beyond this server unless the sender is signed in. State: after MAIL, before the message.
/// RFC 5321 §4.1.1.3, §3.6.2, §4.5.3.1.8.
/// </summary>
static class Rcpt
{
    static readonly SmtpReply Accepted = new(250, "2.1.5", "Recipient accepted");
    static readonly SmtpReply Malformed = new(501, "5.1.3", "Say RCPT TO:<address>, with nothing between the colon and the bracket");
    static readonly SmtpReply NoSuchPerson = new(550, "5.1.1", "There is nobody of this address here");
    static readonly SmtpReply NoRelay = new(550, "5.7.1", "This server does not pass mail on for strangers");
    static readonly SmtpReply Unusable = new(550, "5.1.2", "The address names no domain that mail can be sent to");
    static readonly SmtpReply Disabled = new(450, "4.2.1", "The account is disabled at present");
    static readonly SmtpReply Full = new(452, "4.2.2", "The mailbox has no room for this message");

    public static async ValueTask Handle(SmtpSession session, SmtpCommand command)
    {
        if (session.Transaction is not { Chunks: null, ChunksFailed: false } transaction)
        {
            await session.Refuse(session.Transaction is null ? Replies.MailFirst : new SmtpReply(503, "5.5.1", "The message has begun; RSET forgets it"));
            return;
        }

        if (!SmtpPath.TryParse(command.Argument, "TO:", out var path) || path.Address is not { } address)
        {
            await session.Refuse(Malformed);
            return;
        }

        if (path.Parameters.Count > 0)
        {
            await session.Refuse(new SmtpReply(555, "5.5.4", $"The parameter {path.Parameters.Keys.First()} is not known"));
            return;
        }

        if (transaction.Recipients.Count >= session.Limits.Recipients)
        {
            await session.Reply(new SmtpReply(452, "4.5.3", "Too many recipients; send the message again to the others"));
            return;
        }

        if (address.Domain.Length == 0) address = address with { Domain = session.Server.Settings.Domain };
        if (await Refusal(session, transaction, address) is { } refusal)
        {
            await session.RefuseRecipient(refusal);
            return;
        }

        if (!transaction.Recipients.Contains(address)) transaction.Recipients.Add(address);
        await session.Reply(Accepted);
    }

    static async ValueTask<SmtpReply?> Refusal(SmtpSession session, SmtpTransaction transaction, SmtpAddress address)
    {
        if (!address.IsAscii && !transaction.IsUtf8) return new SmtpReply(553, "5.6.7", "An address beyond ASCII needs the parameter SMTPUTF8 at MAIL");
        var server = session.Server;
        if (address.IsLiteral) return session.IsSubmission ? Unusable : NoRelay;
        if (!await server.Directory.IsLocalDomain(address.Domain, session.Cancellation)) return Elsewhere(session, session.Caller);
        var entry = await server.Directory.Find(address.ToString(), session.Cancellation);
        if (entry is null) return NoSuchPerson;
        if (entry.Disabled) return Disabled;
        return await server.Delivery.HasRoom(entry.Account, transaction.DeclaredSize ?? 0, session.Cancellation) ? null : Full;
    }

    static SmtpReply? Elsewhere(SmtpSession session, Caller? caller)
    {
        if (caller is null) return NoRelay;
        var account = caller.Person.ToString();
        return session.Server.Limiter.TryTake(session.Limits.RemoteRecipients, account, out _)
            ? null
            : new SmtpReply(450, "4.7.1", "You have written to very many people lately; try again in an hour");
    }
}

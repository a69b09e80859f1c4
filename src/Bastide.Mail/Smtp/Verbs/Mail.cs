using System.Globalization;
using Bastide.Platform.Accounts;
using Bastide.Protocols.Smtp;

namespace Bastide.Mail.Smtp.Verbs;

/// <summary>
/// <c>MAIL FROM:&lt;reverse-path&gt;</c> begins a transaction. State: greeted, none begun; on the submission listeners
/// signed in, and the address is the caller's own (RFC 6409 §6.1). Parameters SIZE (RFC 1870 §6), BODY (RFC 6152 §2),
/// SMTPUTF8 (RFC 6531 §3.4), AUTH (RFC 4954 §5). RFC 5321 §4.1.1.2.
/// </summary>
static class Mail
{
    static readonly SmtpReply Malformed = new(501, "5.5.4", "Say MAIL FROM:<address>, with nothing between the colon and the bracket");

    public static async ValueTask Handle(SmtpSession session, SmtpCommand command)
    {
        if (OutOfPlace(session) is { } refusal)
        {
            await session.Refuse(refusal);
            return;
        }

        if (!SmtpPath.TryParse(command.Argument, "FROM:", out var path))
        {
            await session.Refuse(Malformed);
            return;
        }

        if (WrongParameters(session, path, out var size, out var isUtf8) is { } wrong)
        {
            await session.Refuse(wrong);
            return;
        }

        var (sender, mayNot) = await SenderAccount(session, path.Address);
        if (mayNot is not null)
        {
            await session.Refuse(mayNot);
            return;
        }

        session.Begin(new SmtpTransaction(path.Address) { DeclaredSize = size, IsUtf8 = isUtf8, SenderAccount = sender });
        await session.Reply(new SmtpReply(250, "2.1.0", "Sender accepted"));
    }

    static SmtpReply? OutOfPlace(SmtpSession session)
    {
        if (session.PeerName is null) return Replies.GreetFirst;
        if (session is { IsSubmission: true, Caller: null }) return Replies.SignInFirst;
        return session.Transaction is null ? null : new SmtpReply(503, "5.5.1", "A message is begun already; RSET forgets it");
    }

    static SmtpReply? WrongParameters(SmtpSession session, SmtpPath path, out long? size, out bool isUtf8)
    {
        size = null;
        isUtf8 = false;
        if (path.Parameters.Count > 0 && !session.IsExtended) return new SmtpReply(555, "5.5.4", "Parameters need EHLO");
        foreach (var (name, value) in path.Parameters)
        {
            switch (name.ToUpperInvariant())
            {
                case "SIZE":
                    if (value is null || value.Length > 20 || !ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var octets))
                        return new SmtpReply(501, "5.5.4", "SIZE is a number of octets");
                    if (octets > (ulong)session.Limits.MessageSize) return Replies.TooLarge;
                    size = (long)octets;
                    break;
                case "BODY":
                    if (value?.ToUpperInvariant() is not ("7BIT" or "8BITMIME")) return new SmtpReply(501, "5.5.4", "BODY is 7BIT or 8BITMIME");
                    break;
                case "SMTPUTF8":
                    if (value is not null) return new SmtpReply(501, "5.5.4", "SMTPUTF8 takes no value");
                    isUtf8 = true;
                    break;
                case "AUTH" when session.IsSubmission && value is not null:
                    break;
                default:
                    return new SmtpReply(555, "5.5.4", $"The parameter {name} is not known");
            }
        }

        return path.Address is { IsAscii: false } && !isUtf8 ? new SmtpReply(553, "5.6.7", "An address beyond ASCII needs the parameter SMTPUTF8") : null;
    }

    static async ValueTask<(AccountId? Account, SmtpReply? Refusal)> SenderAccount(SmtpSession session, SmtpAddress? address)
    {
        if (session.Caller is not { } caller) return (null, null);
        // The null reverse-path is what read receipts are sent with (RFC 8098 §3).
        if (address is null) return (caller.Person, null);
        var account = await session.Server.Senders.AccountOf(caller, address.ToString(), session.Cancellation);
        return account is null ? (null, new SmtpReply(550, "5.7.1", "You may not send from this address")) : (account, null);
    }
}

using System.Text;
using Bastide.Abstractions.Identity;
using Bastide.Protocols.Smtp;

namespace Bastide.Mail.Smtp.Verbs;

/// <summary>
/// <c>AUTH</c>: PLAIN, LOGIN, OAUTHBEARER, XOAUTH2, on the submission listeners only. State: greeted with EHLO, nobody
/// signed in, no transaction. RFC 4954; RFC 4616; RFC 7628.
/// </summary>
static class Auth
{
    const string Protocol = "smtp";
    static readonly SmtpReply Malformed = new(501, "5.5.2", "The response is not Base64 of what the mechanism asks for");
    static readonly SmtpReply Cancelled = new(501, "5.7.0", "Sign-in cancelled");

    public static async ValueTask Handle(SmtpSession session, SmtpCommand command)
    {
        if (Refusal(session) is { } refusal)
        {
            await session.Refuse(refusal);
            return;
        }

        var parts = command.Argument.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries);
        var initial = parts.Length > 1 ? parts[1] : null;
        switch (parts.Length == 0 ? "" : parts[0].ToUpperInvariant())
        {
            case "PLAIN":
                await Plain(session, initial);
                break;
            case "LOGIN":
                await Login(session, initial);
                break;
            case "XOAUTH2" or "OAUTHBEARER":
                await Bearer(session, initial);
                break;
            default:
                await session.Refuse(new SmtpReply(504, "5.5.4", "The mechanisms are PLAIN, LOGIN, OAUTHBEARER and XOAUTH2"));
                break;
        }
    }

    static SmtpReply? Refusal(SmtpSession session)
    {
        if (!session.IsSubmission) return new SmtpReply(503, "5.5.1", "People sign in on the submission port; servers need not");
        if (!session.IsExtended) return Replies.GreetFirst;
        if (session.Caller is not null) return new SmtpReply(503, "5.5.1", "You are signed in already");
        if (session.Transaction is not null) return new SmtpReply(503, "5.5.1", "Sign in before MAIL FROM");
        return session.MayAuthenticate ? null : Replies.TlsFirst;
    }

    static async ValueTask Plain(SmtpSession session, string? initial)
    {
        if ((initial ?? await Challenge(session, "")) is not { } response) return;
        if (!Sasl.TryDecode(response, out var text) || !Sasl.TryPlain(text, out var user, out var password))
        {
            await session.Refuse(Malformed);
            return;
        }

        await Conclude(session, await session.Server.SignIn.WithPassword(user, password, Protocol, session.Remote.Address, session.Cancellation));
    }

    static async ValueTask Login(SmtpSession session, string? initial)
    {
        if ((initial ?? await Challenge(session, "Username:")) is not { } name) return;
        if (await Challenge(session, "Password:") is not { } secret) return;
        if (!Sasl.TryDecode(name, out var user) || !Sasl.TryDecode(secret, out var password) || user.Length == 0)
        {
            await session.Refuse(Malformed);
            return;
        }

        await Conclude(session, await session.Server.SignIn.WithPassword(user, password, Protocol, session.Remote.Address, session.Cancellation));
    }

    static async ValueTask Bearer(SmtpSession session, string? initial)
    {
        if ((initial ?? await Challenge(session, "")) is not { } response) return;
        if (!Sasl.TryDecode(response, out var text) || !Sasl.TryBearer(text, out var token))
        {
            await session.Refuse(Malformed);
            return;
        }

        var result = await session.Server.SignIn.WithToken(token, Protocol, session.Remote.Address, session.Cancellation);
        // The reason goes in a challenge that the client answers with anything (RFC 7628 §3.2.3).
        if (result.Caller is null && await Challenge(session, """{"status":"invalid_token","scope":"mail"}""") is null) return;
        await Conclude(session, result);
    }

    static async ValueTask Conclude(SmtpSession session, SignInResult result)
    {
        if (result.Caller is { } caller)
        {
            session.SignedIn(caller);
            await session.Reply(new SmtpReply(235, "2.7.0", "Signed in"));
            return;
        }

        session.FailedSignIns++;
        await session.Refuse(result.Failure switch
        {
            SignInFailure.TooMany => new SmtpReply(454, "4.7.0", "Too many attempts: wait a while before the next"),
            SignInFailure.Scope => new SmtpReply(535, "5.7.8", "This password or token does not cover sending mail"),
            SignInFailure.Expired => new SmtpReply(535, "5.7.8", "The token has expired"),
            _ => new SmtpReply(535, "5.7.8", "The user name or password is wrong"),
        });
        if (session.FailedSignIns >= session.Limits.FailedSignIns) await session.CloseWith(Replies.TooManyErrors);
    }

    /// <summary>Asks; answers what the client said, or null when it cancelled, went away or said something that cannot be (it was told).</summary>
    static async ValueTask<string?> Challenge(SmtpSession session, string question)
    {
        await session.Reply(new SmtpReply(334, null, Convert.ToBase64String(Encoding.UTF8.GetBytes(question))));
        if (await session.Channel.ReadLine(session.Limits.AuthLine) is not { } line)
        {
            session.Close();
            return null;
        }

        if (line.Fault != SmtpLineFault.None)
        {
            await session.Refuse(line.Fault == SmtpLineFault.TooLong ? new SmtpReply(500, "5.5.6", "The response is too long") : Replies.BareNewline);
            return null;
        }

        var text = Encoding.ASCII.GetString(line.Text);
        if (text != "*") return text;
        await session.Refuse(Cancelled);
        return null;
    }
}

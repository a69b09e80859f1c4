using Bastide.Abstractions.Identity;

namespace Bastide.Mail.Imap.Verbs;

/// <summary><c>LOGIN</c>: user name and password. State: not authenticated. RFC 9051 §6.2.3.</summary>
static class Login
{
    public const string Protocol = "imap";

    public static async ValueTask Handle(ImapSession session, ImapCommand command)
    {
        var user = command.Arguments.AString();
        command.Arguments.Space();
        var password = command.Arguments.AString();
        command.Arguments.ExpectEnd();
        if (!session.MayAuthenticate)
        {
            await session.No(command, "[PRIVACYREQUIRED] Begin TLS first (STARTTLS)");
            return;
        }

        await Conclude(session, command, await session.Server.SignIn.WithPassword(user, password, Protocol, session.Remote.Address, session.Cancellation));
    }

    /// <summary>Tells what came of a sign-in (RFC 5530).</summary>
    public static async ValueTask Conclude(ImapSession session, ImapCommand command, SignInResult result)
    {
        if (result.Caller is { } caller)
        {
            if (session.SignedIn(caller)) await session.Ok(command, $"[CAPABILITY {Capabilities.Of(session)}] Signed in as {caller.Address}");
            else await session.No(command, "[LIMIT] You have too many connections: close some");
            return;
        }

        session.FailedSignIns++;
        await session.No(command, result.Failure switch
        {
            SignInFailure.TooMany => "[UNAVAILABLE] Too many attempts: wait a while before the next",
            SignInFailure.Scope => "[AUTHORIZATIONFAILED] This password or token does not cover mail",
            SignInFailure.Expired => "[EXPIRED] The token has expired",
            _ => "[AUTHENTICATIONFAILED] The user name or password is wrong",
        });
        if (session.FailedSignIns >= session.Server.Limits.FailedSignIns) await session.Bye("Too many attempts");
    }
}

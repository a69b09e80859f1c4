using System.Text;
using Bastide.Protocols.Smtp;

namespace Bastide.Mail.Imap.Verbs;

/// <summary>
/// <c>AUTHENTICATE</c>: PLAIN, LOGIN, OAUTHBEARER, XOAUTH2, the first words perhaps at once (SASL-IR, RFC 4959). State: not
/// authenticated. RFC 9051 §6.2.2; RFC 4616; RFC 7628.
/// </summary>
static class Authenticate
{
    public static async ValueTask Handle(ImapSession session, ImapCommand command)
    {
        var mechanism = command.Arguments.Keyword();
        var initial = command.Arguments.TrySpace() ? Encoding.ASCII.GetString(command.Arguments.Rest.Span) : null;
        if (!session.MayAuthenticate)
        {
            await session.No(command, "[PRIVACYREQUIRED] Begin TLS first (STARTTLS)");
            return;
        }

        switch (mechanism)
        {
            case "PLAIN":
                await Plain(session, command, initial);
                break;
            case "LOGIN":
                await WithLogin(session, command, mayBegin: initial is null);
                break;
            case "XOAUTH2" or "OAUTHBEARER":
                await Bearer(session, command, initial);
                break;
            default:
                await session.No(command, "[CANNOT] The mechanisms are PLAIN, LOGIN, OAUTHBEARER and XOAUTH2");
                break;
        }
    }

    static async ValueTask Plain(ImapSession session, ImapCommand command, string? initial)
    {
        if ((initial ?? await Challenge(session, command, "")) is not { } response) return;
        if (!Sasl.TryDecode(response, out var text) || !Sasl.TryPlain(text, out var user, out var password))
        {
            await session.Bad(command.Tag, "The response is not Base64 of what the mechanism asks for");
            return;
        }

        await Login.Conclude(session, command, await session.Server.SignIn.WithPassword(user, password, Login.Protocol, session.Remote.Address, session.Cancellation));
    }

    static async ValueTask WithLogin(ImapSession session, ImapCommand command, bool mayBegin)
    {
        if (!mayBegin)
        {
            // RFC 9051 §6.2.2: the server speaks first in this one.
            await session.Bad(command.Tag, "LOGIN takes no initial response");
            return;
        }

        if (await Challenge(session, command, "Username:") is not { } name) return;
        if (await Challenge(session, command, "Password:") is not { } secret) return;
        if (!Sasl.TryDecode(name, out var user) || !Sasl.TryDecode(secret, out var password) || user.Length == 0)
        {
            await session.Bad(command.Tag, "The response is not Base64 of what the mechanism asks for");
            return;
        }

        await Login.Conclude(session, command, await session.Server.SignIn.WithPassword(user, password, Login.Protocol, session.Remote.Address, session.Cancellation));
    }

    static async ValueTask Bearer(ImapSession session, ImapCommand command, string? initial)
    {
        if ((initial ?? await Challenge(session, command, "")) is not { } response) return;
        if (!Sasl.TryDecode(response, out var text) || !Sasl.TryBearer(text, out var token))
        {
            await session.Bad(command.Tag, "The response is not Base64 of what the mechanism asks for");
            return;
        }

        var result = await session.Server.SignIn.WithToken(token, Login.Protocol, session.Remote.Address, session.Cancellation);
        // The reason goes in a challenge that the client answers with anything (RFC 7628 §3.2.3).
        if (result.Caller is null && await Challenge(session, command, """{"status":"invalid_token","scope":"mail"}""") is null) return;
        await Login.Conclude(session, command, result);
    }

    /// <summary>Asks; answers what the client said, or null when it cancelled or went away (it was told).</summary>
    static async ValueTask<string?> Challenge(ImapSession session, ImapCommand command, string question)
    {
        session.Out.Raw("+ "u8).Text(Convert.ToBase64String(Encoding.UTF8.GetBytes(question))).Line();
        if (await session.Channel.ReadLine(session.Server.Limits.CommandBeforeSignIn, session.Server.Limits.Piece) is not { } line)
        {
            session.Hang();
            return null;
        }

        var text = Encoding.ASCII.GetString(line);
        if (text != "*") return text;
        await session.Bad(command.Tag, "Sign-in cancelled");
        return null;
    }
}

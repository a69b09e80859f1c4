using System.Globalization;
using Bastide.Protocols.Smtp;

namespace Bastide.Mail.Smtp.Verbs;

/// <summary>
/// <c>EHLO</c>: the greeting, answered with the extensions that are honoured. RFC 5321 §4.1.1.1; PIPELINING (RFC 2920),
/// SIZE (RFC 1870), STARTTLS (RFC 3207), AUTH (RFC 4954), ENHANCEDSTATUSCODES (RFC 2034), 8BITMIME (RFC 6152),
/// SMTPUTF8 (RFC 6531), CHUNKING (RFC 3030).
/// </summary>
static class Ehlo
{
    public static async ValueTask Handle(SmtpSession session, SmtpCommand command)
    {
        if (!IsName(command.Argument))
        {
            await session.Refuse(Replies.NameYourself);
            return;
        }

        await session.EndTransaction();
        session.Greeted(command.Argument, extended: true);
        List<string> lines =
        [
            $"{session.Server.HostName} greets {command.Argument}",
            "PIPELINING",
            string.Create(CultureInfo.InvariantCulture, $"SIZE {session.Limits.MessageSize}"),
        ];
        if (!session.IsTls) lines.Add("STARTTLS");
        if (session is { IsSubmission: true, MayAuthenticate: true, Caller: null }) lines.Add("AUTH PLAIN LOGIN XOAUTH2 OAUTHBEARER");
        lines.AddRange(["ENHANCEDSTATUSCODES", "8BITMIME", "SMTPUTF8", "CHUNKING"]);
        await session.Reply(new SmtpReply(250, null, lines));
    }

    /// <summary>A domain or an address literal; underscores and Unicode are borne with, because they do no harm here.</summary>
    internal static bool IsName(string name)
    {
        if (name.Length is 0 or > 255) return false;
        foreach (var c in name)
            if (!char.IsLetterOrDigit(c) && !".-_:[]".Contains(c, StringComparison.Ordinal))
                return false;
        return true;
    }
}

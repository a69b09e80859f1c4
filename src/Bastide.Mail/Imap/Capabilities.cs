using System.Globalization;

namespace Bastide.Mail.Imap;

/// <summary>What the server says it can, by the state of the session (RFC 9051 §7.2.2). Nothing stands here that is not honoured whole.</summary>
static class Capabilities
{
    const string Always = "IMAP4rev1 IMAP4rev2 ID SASL-IR LITERAL+ ENABLE";

    const string SignedIn =
        "IDLE NOTIFY NAMESPACE UIDPLUS MOVE UNSELECT CHILDREN SPECIAL-USE CREATE-SPECIAL-USE LIST-EXTENDED LIST-STATUS LIST-MYRIGHTS LIST-METADATA METADATA ACL RIGHTS=texk CONDSTORE QRESYNC ESEARCH SEARCHRES SORT SORT=DISPLAY ESORT THREAD=ORDEREDSUBJECT THREAD=REFERENCES WITHIN BINARY CATENATE MULTIAPPEND REPLACE OBJECTID SAVEDATE PREVIEW QUOTA QUOTA=RES-STORAGE STATUS=SIZE UTF8=ACCEPT UIDONLY PARTIAL COMPRESS=DEFLATE";

    /// <summary>The capabilities of this moment.</summary>
    public static string Of(ImapSession session)
    {
        if (session.Caller is not null)
            return string.Create(CultureInfo.InvariantCulture, $"{Always} {SignedIn} APPENDLIMIT={session.Server.Limits.MessageSize}");
        var startTls = session.Channel.IsTls ? "" : " STARTTLS";
        return session.MayAuthenticate ? $"{Always}{startTls} AUTH=PLAIN AUTH=LOGIN AUTH=OAUTHBEARER AUTH=XOAUTH2" : $"{Always}{startTls} LOGINDISABLED";
    }
}

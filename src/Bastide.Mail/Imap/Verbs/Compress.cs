namespace Bastide.Mail.Imap.Verbs;

/// <summary><c>COMPRESS DEFLATE</c>. State: signed in. RFC 4978 §3.</summary>
static class Compress
{
    public static async ValueTask Handle(ImapSession session, ImapCommand command)
    {
        var mechanism = command.Arguments.Keyword();
        command.Arguments.ExpectEnd();
        if (mechanism != "DEFLATE")
        {
            await session.No(command, "The one mechanism is DEFLATE");
            return;
        }

        if (session.Channel.IsCompressed)
        {
            await session.No(command, "[COMPRESSIONACTIVE] The connection is compressed already");
            return;
        }

        await session.Ok(command, "DEFLATE begins");
        await session.Channel.Flush();
        session.Channel.StartDeflate();
    }
}

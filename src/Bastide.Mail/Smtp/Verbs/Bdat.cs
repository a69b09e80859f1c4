using System.Globalization;
using Bastide.Protocols.Smtp;

namespace Bastide.Mail.Smtp.Verbs;

/// <summary>
/// <c>BDAT size [LAST]</c>: a chunk of the message, counted in octets. Without BINARYMIME the content still is lines that
/// end with CR LF. A refused chunk is read all the same, because the client has sent it. RFC 3030 §2, §4.2.
/// </summary>
static class Bdat
{
    public static async ValueTask Handle(SmtpSession session, SmtpCommand command)
    {
        if (!TryParse(command.Argument, out var size, out var isLast))
        {
            // How many octets follow is not known, so what comes next cannot be told from commands.
            await session.CloseWith(new SmtpReply(501, "5.5.4", "Say BDAT size [LAST]"));
            return;
        }

        if (Refusal(session) is { } refusal)
        {
            await Drain(session, size, refusal);
            if (isLast) await session.EndTransaction();
            return;
        }

        var transaction = session.Transaction!;
        transaction.Chunks ??= await MessageIntake.Begin(session, transaction);
        if (!await Receive(session, transaction.Chunks, size))
        {
            if (isLast) await session.EndTransaction();
            return;
        }

        if (!isLast)
        {
            await session.Reply(new SmtpReply(250, "2.0.0", string.Create(CultureInfo.InvariantCulture, $"{size} octets received")));
            return;
        }

        var reply = await transaction.Chunks.Accept();
        await session.EndTransaction();
        await session.Reply(reply);
    }

    static bool TryParse(string argument, out long size, out bool isLast)
    {
        var parts = argument.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        isLast = parts.Length == 2 && parts[1].Equals("LAST", StringComparison.OrdinalIgnoreCase);
        size = 0;
        return parts.Length is 1 or 2 && (parts.Length == 1 || isLast)
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out size);
    }

    static SmtpReply? Refusal(SmtpSession session)
    {
        if (session.Transaction is not { } transaction) return Replies.MailFirst;
        if (transaction.Recipients.Count == 0) return Replies.RcptFirst;
        return transaction.ChunksFailed ? new SmtpReply(503, "5.5.1", "The message was refused; say RSET") : null;
    }

    /// <summary>Takes the chunk; false when the message was refused (the peer was told) or the peer is gone.</summary>
    static async ValueTask<bool> Receive(SmtpSession session, MessageIntake intake, long size)
    {
        for (var left = size; left > 0;)
        {
            var result = await session.Channel.Read();
            if (result.IsCompleted && result.Buffer.IsEmpty)
            {
                session.Close();
                return false;
            }

            var taken = result.Buffer.Slice(0, Math.Min(left, result.Buffer.Length));
            left -= taken.Length;
            SmtpReply? refusal = null;
            foreach (var piece in taken)
            {
                intake.CheckNewlines(piece.Span);
                refusal ??= await intake.Write(piece);
            }

            session.Channel.Advance(taken.End);
            if (refusal is null) continue;
            await session.CloseWith(refusal);
            return false;
        }

        if (intake.Refusal is not { } refused) return true;
        session.Transaction!.ChunksFailed = true;
        await session.Refuse(refused);
        return false;
    }

    static async ValueTask Drain(SmtpSession session, long size, SmtpReply refusal)
    {
        if (size > session.Limits.MessageSize + session.Limits.Drain)
        {
            await session.CloseWith(refusal);
            return;
        }

        for (var left = size; left > 0;)
        {
            var result = await session.Channel.Read();
            if (result.IsCompleted && result.Buffer.IsEmpty)
            {
                session.Close();
                return;
            }

            var taken = result.Buffer.Slice(0, Math.Min(left, result.Buffer.Length));
            left -= taken.Length;
            session.Channel.Advance(taken.End);
        }

        await session.Refuse(refusal);
    }
}

using System.Buffers;
using Bastide.Protocols.Smtp;

namespace Bastide.Mail.Smtp.Verbs;

/// <summary>
/// <c>DATA</c>: the message, up to CR LF . CR LF, streamed to where it is kept. 250 comes after it and its place in every
/// recipient's mailbox are durable. State: after an accepted RCPT. RFC 5321 §4.1.1.4, §6.1.
/// </summary>
static class Data
{
    const int PieceSize = 32 * 1024;
    static readonly SmtpReply GoOn = new(354, null, "Send the message; end it with a dot on a line of its own");

    public static async ValueTask Handle(SmtpSession session, SmtpCommand command)
    {
        if (Refusal(session, command) is { } refusal)
        {
            await session.Refuse(refusal);
            return;
        }

        await session.Reply(GoOn);
        await using var intake = await MessageIntake.Begin(session, session.Transaction!);
        if (!await Receive(session, intake))
        {
            session.Close();
            return;
        }

        var reply = await intake.Accept();
        await session.EndTransaction();
        await session.Reply(reply);
    }

    static SmtpReply? Refusal(SmtpSession session, SmtpCommand command)
    {
        if (session.Transaction is not { } transaction) return Replies.MailFirst;
        if (transaction.Chunks is not null || transaction.ChunksFailed) return new SmtpReply(503, "5.5.1", "The message began with BDAT; go on with it, or say RSET");
        if (transaction.Recipients.Count == 0) return Replies.RcptFirst;
        return command.Argument.Length > 0 ? Replies.NoArgument : null;
    }

    /// <summary>Reads to the end of the message; false when the peer is gone or was told that it is over.</summary>
    static async ValueTask<bool> Receive(SmtpSession session, MessageIntake intake)
    {
        var decoder = new DataDecoder();
        var piece = ArrayPool<byte>.Shared.Rent(PieceSize);
        try
        {
            while (!decoder.HasEnded)
            {
                var result = await session.Channel.Read();
                if (result.IsCompleted && result.Buffer.IsEmpty) return false;
                var length = decoder.Decode(result.Buffer, piece, out var consumed);
                session.Channel.Advance(consumed);
                if (decoder.HasBareNewline) intake.Spoil(Replies.BareNewlineInMessage);
                if (await intake.Write(piece.AsMemory(0, length)) is not { } refusal) continue;
                await session.CloseWith(refusal);
                return false;
            }

            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }
}

using Bastide.Platform.Blobs;
using Bastide.Protocols.Imap;

namespace Bastide.Mail.Imap.Verbs;

/// <summary><c>APPEND</c> of one message or several, which stream to the blob store. State: signed in. RFC 9051 §6.3.12; RFC 3502; RFC 6855 §4; RFC 7889.</summary>
static class Append
{
    const int LongestLine = 64 * 1024;
    const int LongestName = 4096;

    public static async ValueTask Handle(ImapSession session, ImapCommand command)
    {
        if (await Whole(session, command.Arguments) is not { } arguments)
        {
            session.Hang();
            return;
        }

        var path = arguments.Mailbox(session.Out.Utf8);
        arguments.Space();
        var name = await MailboxTree.Find(session, path);
        string? refusal = name is { Mailbox: not null } ? null : "[TRYCREATE] There is no such mailbox";
        var items = new List<AppendItem>();
        AppendHead head;
        do
        {
            head = AppendHead.Parse(arguments);
            refusal ??= Refusal(session, head, items);
            if (refusal is not null)
            {
                // Not asked for, the octets do not come; those that come unasked are passed over.
                await session.No(command, refusal);
                return;
            }

            await session.Channel.Accept(head.Literal);
            if (await Take(session) is not var (blob, rest))
            {
                session.Hang();
                return;
            }

            var flags = head.Flags.Select(ImapFlags.KeywordOf).OfType<string>().Distinct().ToList();
            if (!flags.TrueForAll(Mail.Store.Keywords.IsValid)) refusal = "[CANNOT] One of the flags cannot be a keyword";
            items.Add(new AppendItem(await session.Server.Messages.Parse(blob, session.Cancellation), head.InternalDate, flags, head.Flags.Contains(ImapFlags.Deleted)));
            arguments = rest;
        }
        while (head.TryNext(arguments));

        if (refusal is not null)
        {
            await session.No(command, refusal);
            return;
        }

        var outcome = await session.Server.MailboxMessages.Append(session.Caller!, name!.Account!.Value, name.Mailbox!.Id, items, session.Cancellation);
        if (outcome.Refused is { } error) await session.No(command, error, "TRYCREATE");
        else await session.Ok(command, $"[APPENDUID {outcome.UidValidity} {SequenceSet.Format(outcome.Uids)}] APPEND completed");
    }

    /// <summary>The name of the mailbox may itself be a literal, with a line behind it.</summary>
    static async ValueTask<ImapArguments?> Whole(ImapSession session, ImapArguments arguments)
    {
        if (!ImapLiteral.TryParseHeader(arguments.Rest.Span, out var literal) || arguments.Peek != '{') return arguments;
        if (literal.Size > LongestName) throw new ImapSyntaxException("No mailbox has so long a name");
        await session.Channel.Accept(literal);
        var whole = new List<byte>([.. arguments.Rest.Span, .. "\r\n"u8]);
        var came = await session.Channel.ReadLiteral(piece =>
        {
            whole.AddRange(piece.Span);
            return ValueTask.CompletedTask;
        });
        if (!came || await session.Channel.ReadLine(LongestLine, session.Server.Limits.Piece) is not { } line) return null;
        whole.AddRange(line);
        return new ImapArguments(whole.ToArray());
    }

    static string? Refusal(ImapSession session, AppendHead head, List<AppendItem> items)
    {
        if (head.Literal.Size > session.Server.Limits.MessageSize) return $"[TOOBIG] A message may have {session.Server.Limits.MessageSize} octets";
        if (head.Literal.Size == 0) return "[CANNOT] An empty message is none";
        return items.Count >= session.Server.Limits.AppendedMessages ? $"[LIMIT] {session.Server.Limits.AppendedMessages} messages at once are the most" : null;
    }

    /// <summary>Takes the octets, and the line behind them; null when the peer is gone.</summary>
    static async ValueTask<(StoredBlob Blob, ImapArguments After)?> Take(ImapSession session)
    {
        await using var writer = session.Server.Blobs.Create();
        var came = await session.Channel.ReadLiteral(piece => writer.WriteAsync(piece, session.Cancellation));
        if (!came || await session.Channel.ReadLine(LongestLine, session.Server.Limits.Piece) is not { } line) return null;
        return (await writer.Complete(session.Cancellation), new ImapArguments(line));
    }
}

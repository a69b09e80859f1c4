using Bastide.Platform.Accounts;
using Bastide.Protocols.Imap;

namespace Bastide.Mail.Imap.Verbs;

/// <summary><c>COPY</c> and <c>UID COPY</c>. State: selected. RFC 9051 §6.4.7.</summary>
static class Copy
{
    public static async ValueTask Handle(ImapSession session, ImapCommand command)
    {
        var (uids, target) = Read(session, command);
        var copied = await Run(session, command, uids, target, move: false);
        if (copied is null) return;
        await session.Ok(command, copied.Uids.Count == 0 ? "Nothing to copy" : $"{Code(copied)}COPY completed");
    }

    /// <summary>What is copied or moved, and where to.</summary>
    public static (List<uint> Uids, string Target) Read(ImapSession session, ImapCommand command)
    {
        var set = command.Arguments.SequenceSet();
        command.Arguments.Space();
        var target = command.Arguments.Mailbox(session.Out.Utf8);
        command.Arguments.ExpectEnd();
        return (session.Selected!.Resolve(set, command.IsUid), target);
    }

    /// <summary>Copies or moves; null when it was refused, which was told.</summary>
    public static async ValueTask<CopyOutcome?> Run(ImapSession session, ImapCommand command, List<uint> uids, string target, bool move)
    {
        var mailbox = session.Selected!;
        if (await MailboxTree.Find(session, target) is not { Account: { } account, Mailbox: { } into })
        {
            await session.No(command, "[TRYCREATE] There is no such mailbox");
            return null;
        }

        // Whoever may not open the mailbox is not told what is in it (RFC 9051 §6.4.7).
        var whole = new CopyOutcome(into.MyRights.HasFlag(Rights.Read) ? (uint)into.UidValidity : 0, [], null);
        // A move may stop half-way, a copy may not (RFC 9051 §6.4.7, §6.4.8).
        foreach (var chunk in move ? uids.Chunk(MailboxMessages.MostAtOnce) : [uids.ToArray()])
        {
            var outcome = await session.Server.MailboxMessages.Copy(session.Caller!, mailbox.Account, mailbox.Id, chunk, account, into.Id, move, session.Cancellation);
            if (outcome.Refused is { } refusal)
            {
                await session.No(command, refusal, "TRYCREATE");
                return null;
            }

            whole.Uids.AddRange(outcome.Uids);
        }

        return whole;
    }

    /// <summary><c>COPYUID</c> (RFC 4315 §3) and a space: the UIDs here and there, each at the same place of its set.</summary>
    public static string Code(CopyOutcome copied)
    {
        if (copied.UidValidity == 0) return "";
        // The sets are read in order, so that both must ascend: where they do not, each stands for itself.
        var ascends = copied.Uids.Zip(copied.Uids.Skip(1)).All(pair => pair.First.To < pair.Second.To);
        var to = ascends ? SequenceSet.Format(copied.Uids.Select(pair => pair.To)) : string.Join(',', copied.Uids.Select(pair => pair.To));
        var from = ascends ? SequenceSet.Format(copied.Uids.Select(pair => pair.From)) : string.Join(',', copied.Uids.Select(pair => pair.From));
        return $"[COPYUID {copied.UidValidity} {from} {to}] ";
    }
}

using Bastide.Mail.Store;
using Bastide.Protocols.Imap;

namespace Bastide.Mail.Imap;

/// <summary>Puts messages of the selected mailbox into threads (RFC 5256 §3), reading their headers a batch at a time.</summary>
static class ThreadRun
{
    const int AtOnce = 1000;

    /// <summary>The threads of these UIDs, which are ascending; what is gone meanwhile is left out.</summary>
    public static async ValueTask<List<ThreadNode>> Thread(ImapSession session, SelectedMailbox mailbox, ThreadAlgorithm algorithm, List<uint> uids, bool isUid)
    {
        var messages = new List<ThreadMessage>(uids.Count);
        var isWhole = uids.Count == mailbox.Uids.Count;
        foreach (var chunk in uids.Chunk(AtOnce))
        {
            var (found, stored) = await session.Server.MailboxMessages.Messages(mailbox.Account, mailbox.Id, chunk, isWhole, withStructure: false, session.Cancellation);
            foreach (var place in found)
                if (stored.TryGetValue(place.Message, out var message))
                    messages.Add(Of(place, message.Header, isUid ? place.Uid : (uint)mailbox.NumberOf(place.Uid)));
        }

        return algorithm == ThreadAlgorithm.References ? References.Thread(messages, session.Cancellation) : OrderedSubject.Thread(messages);
    }

    static ThreadMessage Of(Place place, MessageHeader header, uint number)
    {
        var subject = header.Subject ?? "";
        // In-Reply-To may hold what is no Message-ID or several: the first counts, and only where nothing better is (RFC 5256 §3).
        var references = header.References is { Count: > 0 } all ? ThreadKeys.Bounded(all) : header.InReplyTo is { Count: > 0 } replied ? [replied[0]] : [];
        return new ThreadMessage(number, header.MessageId is { Count: > 0 } ids ? ids[0] : null, references, Casemap.Fold(BaseSubject.Of(subject)), BaseSubject.IsReply(subject), SortRun.SentAt(place, header));
    }
}

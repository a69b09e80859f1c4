using Bastide.Mail.Store;
using Bastide.Protocols.Imap;

namespace Bastide.Mail.Imap;

/// <summary>
/// Sorts messages of the selected mailbox (RFC 5256 §2.2, RFC 5957 §3). Only what the keys are made of is read, a batch at a
/// time: the place of a message, or what it says of itself; only the keys are kept.
/// </summary>
sealed class SortRun(ImapSession session, SelectedMailbox mailbox, IReadOnlyList<SortCriterion> criteria)
{
    const int AtOnce = 1000;

    /// <summary>These UIDs, which are ascending, in the order asked for; what is gone meanwhile is left out.</summary>
    public async ValueTask<List<uint>> Sort(List<uint> uids)
    {
        var entries = new List<(uint Uid, Key[] Keys)>(uids.Count);
        var isWhole = uids.Count == mailbox.Uids.Count;
        foreach (var chunk in uids.Chunk(AtOnce)) await Read(chunk, isWhole, entries);
        entries.Sort(Compare);
        return entries.ConvertAll(entry => entry.Uid);
    }

    async ValueTask Read(uint[] uids, bool isContiguous, List<(uint Uid, Key[] Keys)> entries)
    {
        var source = session.Server.MailboxMessages;
        if (criteria.All(each => each.Key is SortKey.Arrival or SortKey.Size))
        {
            var view = await source.View(mailbox.Account, mailbox.Id, session.Cancellation);
            entries.AddRange((view?.Find(uids) ?? []).Select(place => (place.Uid, Keys(place, null))));
        }
        else
        {
            var (found, messages) = await source.Messages(mailbox.Account, mailbox.Id, uids, isContiguous, withStructure: false, session.Cancellation);
            foreach (var place in found)
                if (messages.TryGetValue(place.Message, out var message))
                    entries.Add((place.Uid, Keys(place, message.Header)));
        }
    }

    Key[] Keys(Place place, MessageHeader? header) => [.. criteria.Select(each => KeyOf(each.Key, place, header))];

    static Key KeyOf(SortKey key, Place place, MessageHeader? header) => key switch
    {
        SortKey.Arrival => new Key(place.ReceivedAt, ""),
        SortKey.Size => new Key(place.Size, ""),
        SortKey.Date => new Key(SentAt(place, header!), ""),
        SortKey.Subject => Text(BaseSubject.Of(header!.Subject ?? "")),
        SortKey.From => Text(Local(header!.From)),
        SortKey.To => Text(Local(header!.To)),
        SortKey.Cc => Text(Local(header!.Cc)),
        SortKey.DisplayFrom => Text(Display(header!.From)),
        SortKey.DisplayTo => Text(Display(header!.To)),
        _ => throw new InvalidOperationException($"There is no way to sort by {key}."),
    };

    /// <summary>When a message was sent, or else when it came (RFC 5256 §2.2).</summary>
    public static long SentAt(Place place, MessageHeader header) => header.SentAt?.ToUnixTimeMilliseconds() ?? place.ReceivedAt;

    static Key Text(string text) => new(0, Casemap.Fold(text));

    static string Local(IReadOnlyList<MailAddress>? addresses)
    {
        if (addresses is not { Count: > 0 }) return "";
        var email = addresses[0].Email;
        var at = email.LastIndexOf('@');
        return at < 0 ? email : email[..at];
    }

    static string Display(IReadOnlyList<MailAddress>? addresses) =>
        addresses is not { Count: > 0 } ? "" : string.IsNullOrWhiteSpace(addresses[0].Name) ? addresses[0].Email : addresses[0].Name!;

    int Compare((uint Uid, Key[] Keys) one, (uint Uid, Key[] Keys) other)
    {
        for (var at = 0; at < criteria.Count; at++)
        {
            var (a, b) = (one.Keys[at], other.Keys[at]);
            var compared = a.Number.CompareTo(b.Number);
            if (compared == 0) compared = string.CompareOrdinal(a.Text, b.Text);
            if (compared != 0) return criteria[at].IsReverse ? -Math.Sign(compared) : compared;
        }

        // As they stand in the mailbox, REVERSE or not (RFC 5256 §2.2).
        return one.Uid.CompareTo(other.Uid);
    }

    readonly record struct Key(long Number, string Text);
}

namespace Bastide.Mail.Store;

/// <summary>The places of a mailbox as they were at one modification sequence; never changes.</summary>
/// <param name="modSeq">The sequence.</param>
/// <param name="places">The places, their UIDs ascending.</param>
sealed class MailboxView(long modSeq, Place[] places)
{
    public long ModSeq => modSeq;

    public int Count => places.Length;

    /// <summary>The UIDs, ascending.</summary>
    public List<uint> Uids()
    {
        var uids = new List<uint>(places.Length);
        foreach (ref readonly var place in places.AsSpan()) uids.Add(place.Uid);
        return uids;
    }

    /// <summary>The first message without <c>\Seen</c>, or null.</summary>
    public uint? FirstUnseen()
    {
        foreach (ref readonly var place in places.AsSpan())
            if ((place.Flags & MessageFlags.Seen) == 0)
                return place.Uid;
        return null;
    }

    /// <summary>How many have no <c>\Seen</c> (JMAP counts drafts apart, IMAP does not), and how many are marked as deleted, with their octets.</summary>
    public (long Unseen, long Deleted, long DeletedOctets, long Octets) Figures()
    {
        var (unseen, deleted, deletedOctets, octets) = (0L, 0L, 0L, 0L);
        foreach (ref readonly var place in places.AsSpan())
        {
            if ((place.Flags & MessageFlags.Seen) == 0) unseen++;
            octets += place.Size;
            if ((place.Flags & MessageFlags.Deleted) == 0) continue;
            deleted++;
            deletedOctets += place.Size;
        }

        return (unseen, deleted, deletedOctets, octets);
    }

    /// <summary>The UIDs of what is marked as deleted, ascending.</summary>
    public List<uint> Deleted()
    {
        var deleted = new List<uint>();
        foreach (ref readonly var place in places.AsSpan())
            if ((place.Flags & MessageFlags.Deleted) != 0)
                deleted.Add(place.Uid);
        return deleted;
    }

    /// <summary>Those of the places that exist; the UIDs ascend.</summary>
    public List<Place> Find(ReadOnlySpan<uint> uids)
    {
        var found = new List<Place>(uids.Length);
        var at = uids.IsEmpty ? 0 : LowerBound(uids[0]);
        foreach (var uid in uids)
        {
            // Mostly they follow one another; where many lie between, look further on at once.
            if (at < places.Length && places[at].Uid < uid) at = at + 1 < places.Length && places[at + 1].Uid >= uid ? at + 1 : LowerBound(uid);
            if (at < places.Length && places[at].Uid == uid) found.Add(places[at++]);
        }

        return found;
    }

    /// <summary>The same mailbox later: without what went, with what came and changed.</summary>
    public MailboxView With(long later, IReadOnlyCollection<uint> gone, List<Place> changed)
    {
        var removed = gone.ToHashSet();
        changed.Sort((a, b) => a.Uid.CompareTo(b.Uid));
        var next = new List<Place>(places.Length + changed.Count);
        var at = 0;
        foreach (var place in places)
        {
            while (at < changed.Count && changed[at].Uid < place.Uid) next.Add(changed[at++]);
            if (at < changed.Count && changed[at].Uid == place.Uid) next.Add(changed[at++]);
            else if (!removed.Contains(place.Uid)) next.Add(place);
        }

        for (; at < changed.Count; at++) next.Add(changed[at]);
        return new MailboxView(later, [.. next]);
    }

    int LowerBound(uint uid)
    {
        var (low, high) = (0, places.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (places[middle].Uid < uid) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}

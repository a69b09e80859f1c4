using Bastide.Mail.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Protocols.Imap;

namespace Bastide.Mail.Imap;

/// <summary>
/// The mailbox a session has selected, as the client knows it: its message numbers stand for these UIDs until it is told
/// otherwise (RFC 9051 §2.3.1.2).
/// </summary>
sealed class SelectedMailbox(MailboxSnapshot snapshot, bool isReadOnly, ChangeFeed.Subscription feed) : IDisposable
{
    readonly Dictionary<uint, long> _told = [];
    readonly HashSet<uint> _gone = [];
    long _settled;
    bool _mayHaveChanged;

    public long Id => snapshot.Mailbox.Id;

    public AccountId Account => snapshot.Account;

    public uint UidValidity { get; } = (uint)snapshot.Mailbox.UidValidity;

    /// <summary>What the client was told comes next.</summary>
    public uint UidNext { get; private set; } = (uint)snapshot.Mailbox.UidNext;

    /// <summary>Everything up to here is told, but perhaps that messages are gone.</summary>
    public long ModSeq { get; private set; } = snapshot.Mailbox.HighestModSeq.Value;

    /// <summary>Everything up to here is told.</summary>
    public long Settled => OwesGone ? _settled : ModSeq;

    /// <summary>Whether messages are gone that the client was not told of.</summary>
    public bool OwesGone => _gone.Count > 0;

    public Rights Rights => snapshot.Rights;

    /// <summary>Whether it was opened with EXAMINE, or may not be changed.</summary>
    public bool IsReadOnly => isReadOnly;

    /// <summary>The UIDs by message number, ascending.</summary>
    public List<uint> Uids { get; private set; } = snapshot.Uids;

    /// <summary>What the last SEARCH saved (RFC 5182), ascending.</summary>
    public List<uint> Saved { get; set; } = [];

    /// <summary>Waits until something may have changed.</summary>
    public ValueTask<bool> WhenChanged(CancellationToken cancellation) => feed.Changes.WaitToReadAsync(cancellation);

    /// <summary>Whether something may have changed since the last call.</summary>
    public bool TakeChanged()
    {
        _mayHaveChanged |= feed.TakeOverflow();
        while (feed.Changes.TryRead(out var change)) _mayHaveChanged |= change.Types.Count == 0 || change.Types.Contains(MailTypes.Email) || change.Types.Contains(MailTypes.Mailbox);
        var changed = _mayHaveChanged;
        _mayHaveChanged = false;
        return changed;
    }

    /// <summary>The message number of a UID, or 0.</summary>
    public int NumberOf(uint uid)
    {
        var at = Uids.BinarySearch(uid);
        return at < 0 ? 0 : at + 1;
    }

    /// <summary>The UIDs that a set names, ascending: by message number, or by UID. A number that no message has throws <see cref="ImapSyntaxException"/>.</summary>
    public List<uint> Resolve(SequenceSet set, bool isUid)
    {
        if (set.IsSaved) return Saved.FindAll(uid => NumberOf(uid) > 0);
        return isUid ? ByUid(set) : ByNumber(set);
    }

    /// <summary>Notes that the client was told of a message as it is; what changed no later than the last sync needs no note.</summary>
    public void Told(Place place)
    {
        if (!Heard(place.ModSeq)) return;
        _told[place.Uid] = place.ModSeq;
    }

    /// <summary>Whether the client knows a message as it was at this modification sequence.</summary>
    public bool Knows(uint uid, long modSeq) => modSeq <= Math.Max(ModSeq, _told.GetValueOrDefault(uid));

    /// <summary>
    /// Notes that the client heard of a modification sequence; false when nothing new is in it. What changed before it is
    /// told with it, also where word of the change comes later than the change (RFC 7162 §6).
    /// </summary>
    public bool Heard(long modSeq)
    {
        if (modSeq <= ModSeq) return false;
        _mayHaveChanged = true;
        return true;
    }

    /// <summary>Takes in what happened. Answers the messages the client knows that changed and were not told, and how many came.</summary>
    public (List<Place> Changed, int Came) Take(MailboxDelta delta)
    {
        if (!OwesGone) _settled = ModSeq;
        foreach (var uid in delta.Expunged)
            if (NumberOf(uid) > 0)
                _gone.Add(uid);
        List<uint> came = [.. delta.Changed.Where(place => place.Uid >= UidNext).Select(place => place.Uid).Order()];
        var changed = delta.Changed.FindAll(place => place.Uid < UidNext && (!_told.TryGetValue(place.Uid, out var told) || told < place.ModSeq) && NumberOf(place.Uid) > 0);
        Uids.AddRange(came);
        UidNext = (uint)delta.Mailbox.UidNext;
        ModSeq = delta.Mailbox.HighestModSeq.Value;
        _told.Clear();
        return (changed, came.Count);
    }

    /// <summary>Takes out what is gone, now that the client may be told. Answers the UIDs, ascending, with the numbers to tell, one after the other.</summary>
    public (List<uint> Uids, List<int> Numbers) TakeGone()
    {
        if (_gone.Count == 0) return ([], []);
        List<uint> uids = [.. _gone.Order()];
        var numbers = uids.ConvertAll(uid => NumberOf(uid));
        // From the last to the first, so that no number moves before it is told.
        numbers.Reverse();
        Uids = Uids.FindAll(uid => !_gone.Contains(uid));
        Saved.RemoveAll(_gone.Contains);
        _gone.Clear();
        return (uids, numbers);
    }

    public void Dispose() => feed.Dispose();

    List<uint> ByUid(SequenceSet set)
    {
        var found = new List<uint>();
        foreach (var range in set.Resolve(Uids.Count == 0 ? 0 : Uids[^1]))
        {
            var at = Uids.BinarySearch(range.First);
            for (at = at < 0 ? ~at : at; at < Uids.Count && Uids[at] <= range.Last; at++) found.Add(Uids[at]);
        }

        return found;
    }

    List<uint> ByNumber(SequenceSet set)
    {
        var found = new List<uint>();
        foreach (var range in set.Resolve((uint)Uids.Count))
        {
            if (range.Last > Uids.Count) throw new ImapSyntaxException($"There is no message {range.Last}");
            found.AddRange(Uids.GetRange((int)range.First - 1, (int)(range.Last - range.First + 1)));
        }

        return found;
    }
}

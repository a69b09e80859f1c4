using Bastide.Mail.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail;

/// <summary>
/// The operations on the messages of one mailbox by UID, as IMAP asks for them (RFC 9051 §6.4). They ask who may, own the
/// transaction and move the change sequence; a call changes at most <see cref="MostAtOnce"/> messages, so that a large
/// mailbox does not keep everybody waiting, but for a copy, which is made whole or not at all.
/// </summary>
sealed class MailboxMessages(Database database, TimeProvider time)
{
    readonly MailboxViews _views = new();

    /// <summary>The most messages one call changes.</summary>
    public const int MostAtOnce = 500;

    /// <summary>A mailbox as it is when it is selected; null when it does not exist for the caller.</summary>
    public ValueTask<MailboxSnapshot?> Select(Caller caller, AccountId account, long mailbox, CancellationToken cancellation) =>
        database.Snapshot(async scope =>
        {
            var rights = (await MailRights.Of(scope, caller, account)).On(mailbox);
            if (!rights.HasFlag(Rights.Read) || await MailboxTable.Find(scope, account, mailbox) is not { } row) return null;
            var view = await _views.Of(scope, row);
            return new MailboxSnapshot(account, row, rights, view.Uids(), view.FirstUnseen());
        }, cancellation);

    /// <summary>What happened to a mailbox since; null when it is gone, or may not be read any more.</summary>
    public ValueTask<MailboxDelta?> Since(Caller caller, AccountId account, long mailbox, long modSeq, CancellationToken cancellation) =>
        database.Snapshot(async scope =>
        {
            if (await MailboxTable.Find(scope, account, mailbox) is not { } row) return null;
            if (!(await MailRights.Of(scope, caller, account)).May(Rights.Read, mailbox)) return null;
            if (row.HighestModSeq.Value <= modSeq) return new MailboxDelta(row, [], [], []);
            var changed = await PlaceTable.Changed(scope, mailbox, modSeq, int.MaxValue);
            return new MailboxDelta(row, await PlaceTable.Expunged(scope, mailbox, modSeq), changed, await Keywords(scope, changed));
        }, cancellation);

    /// <summary>The mailbox as it is; null when it is gone.</summary>
    public ValueTask<MailboxView?> View(AccountId account, long mailbox, CancellationToken cancellation) =>
        database.Snapshot(async scope => await MailboxTable.Find(scope, account, mailbox) is { } row ? await _views.Of(scope, row) : null, cancellation);

    /// <summary>What is made of the headers of messages as they are stored.</summary>
    public ValueTask<Dictionary<long, T>> Headers<T>(long[] messages, Func<long, byte[], T> make, CancellationToken cancellation) =>
        database.Read(scope => ContentTable.Headers(scope, messages, make), cancellation);

    /// <summary>The keywords of messages that have no bit.</summary>
    public async ValueTask<Dictionary<long, List<string>>> Keywords(List<Place> places, CancellationToken cancellation) =>
        places.Exists(place => (place.Flags & MessageFlags.Other) != 0) ? await database.Read(scope => Keywords(scope, places), cancellation) : [];

    /// <summary>
    /// The places of these UIDs, ascending, with what the messages say of themselves, their parts when asked. Where no others
    /// lie between the UIDs, one step in the index finds them.
    /// </summary>
    public ValueTask<(List<Place> Places, Dictionary<long, StoredMessage> Messages)> Messages(AccountId account, long mailbox, uint[] uids, bool isContiguous, bool withStructure, CancellationToken cancellation) =>
        database.Read(async scope =>
        {
            var places = await Find(scope, mailbox, uids, isContiguous);
            return (places, (await ContentTable.Find(scope, account, Ids(places), withStructure)).ToDictionary(message => message.Row.Id));
        }, cancellation);

    /// <summary>Changes flags (RFC 9051 §6.4.6), but not of what changed since <paramref name="unchangedSince"/> (RFC 7162 §3.1.3).</summary>
    public Task<FlagOutcome> SetFlags(Caller caller, AccountId account, long mailbox, IReadOnlyCollection<uint> uids, FlagChange change, long? unchangedSince, CancellationToken cancellation) =>
        database.Write(async scope =>
        {
            var rights = await MailRights.Of(scope, caller, account);
            if (Allowed(change, rights.On(mailbox)) is not { } allowed) return FlagOutcome.Refuse(rights.Refuse(mailbox, "You may not change these flags in this mailbox."));
            change = allowed;
            var transaction = await MailTransaction.Begin(scope, account, time.GetUtcNow());
            var places = await PlaceTable.Find(scope, mailbox, Longs(uids));
            var stale = places.FindAll(place => place.ModSeq > unchangedSince);
            if (stale.Count > 0) places.RemoveAll(place => place.ModSeq > unchangedSince);
            var rows = (await MessageTable.Find(scope, account, [.. places.Select(place => place.Message)])).ToDictionary(row => row.Id);
            var changes = new List<(MessageRow, IReadOnlySet<long>, IReadOnlySet<string>)>();
            foreach (var row in rows.Values)
            {
                var keywords = change.Apply(row.Keywords);
                if (keywords.Count > Mail.Messages.MaxKeywords)
                    return FlagOutcome.Refuse(new MailError(MailFailure.TooManyKeywords, $"A message may have {Mail.Messages.MaxKeywords} keywords at most."));
                if (!keywords.SetEquals(row.Keywords) && !row.Mailboxes.TrueForAll(other => rights.May(Rights.Write, other)))
                    return FlagOutcome.Refuse(MailError.Forbidden("You may not change flags in every mailbox the message is in."));
                changes.Add((row, row.Mailboxes.ToHashSet(), keywords));
            }

            await transaction.Change(changes);
            if (change.Deleted is { } deleted) await transaction.MarkDeleted(mailbox, [.. places.Select(place => (long)place.Uid)], deleted);
            await transaction.Settle();
            var after = await PlaceTable.Find(scope, mailbox, [.. places.Select(place => (long)place.Uid)]);
            return new FlagOutcome(after, places.ToDictionary(place => place.Uid, place => place.ModSeq), await Keywords(scope, after), stale.ConvertAll(place => place.Uid), null);
        }, cancellation);

    /// <summary>
    /// Copies or moves messages to another mailbox, of the same account or another (RFC 9051 §6.4.7, §6.4.8), all of them or
    /// none. A copy within the account is the same message in two mailboxes; where it is there already, another message of
    /// the same bytes.
    /// </summary>
    public async Task<CopyOutcome> Copy(Caller caller, AccountId account, long mailbox, IReadOnlyCollection<uint> uids, AccountId toAccount, long target, bool move, CancellationToken cancellation)
    {
        try
        {
            return await CopyAll(caller, account, mailbox, uids, toAccount, target, move, cancellation);
        }
        catch (CopyRefusedException refused)
        {
            return CopyOutcome.Refuse(refused.Error);
        }
    }

    Task<CopyOutcome> CopyAll(Caller caller, AccountId account, long mailbox, IReadOnlyCollection<uint> uids, AccountId toAccount, long target, bool move, CancellationToken cancellation) =>
        database.Write(async scope =>
        {
            var rights = await MailRights.Of(scope, caller, account);
            var there = toAccount == account ? rights : await MailRights.Of(scope, caller, toAccount);
            if (!rights.May(Rights.Read, mailbox)) return CopyOutcome.Refuse(rights.Refuse(mailbox, "You may not read this mailbox."));
            if (!there.May(Rights.Write, target)) return CopyOutcome.Refuse(there.Refuse(target, "You may not add messages to that mailbox."));
            if (move && !rights.May(Rights.Delete, mailbox)) return CopyOutcome.Refuse(MailError.Forbidden("You may not remove messages from this mailbox."));
            var (uidValidity, copied) = (0u, new List<(uint From, uint To)>());
            foreach (var chunk in uids.Chunk(MostAtOnce))
            {
                var run = await MailboxCopyRun.Begin(scope, account, mailbox, toAccount, target, time.GetUtcNow()) ?? throw new CopyRefusedException(MailError.NotFound);
                var outcome = await run.Run(Longs(chunk), move);
                // What was copied before goes with the transaction.
                if (outcome.Refused is { } error) throw new CopyRefusedException(error);
                uidValidity = outcome.UidValidity;
                copied.AddRange(outcome.Uids);
            }

            return new CopyOutcome(uidValidity, copied, null);
        }, cancellation);

    /// <summary>Removes messages that are marked as deleted, of those given (RFC 9051 §6.4.3, §6.4.9). Answers which went.</summary>
    public Task<ExpungeOutcome> Expunge(Caller caller, AccountId account, long mailbox, IReadOnlyCollection<uint> uids, CancellationToken cancellation) =>
        database.Write(async scope =>
        {
            var rights = await MailRights.Of(scope, caller, account);
            if (!rights.May(Rights.Delete, mailbox)) return new ExpungeOutcome([], MailError.Forbidden("You may not remove messages from this mailbox."));
            var transaction = await MailTransaction.Begin(scope, account, time.GetUtcNow());
            var places = (await PlaceTable.Find(scope, mailbox, Longs(uids))).FindAll(place => place.Flags.HasFlag(MessageFlags.Deleted));
            var rows = await MessageTable.Find(scope, account, [.. places.Select(place => place.Message)]);
            await transaction.Leave(mailbox, rows);
            await transaction.Settle();
            return new ExpungeOutcome(places.ConvertAll(place => place.Uid), null);
        }, cancellation);

    /// <summary>Stores messages at the end of a mailbox (RFC 9051 §6.3.12). Answers their UIDs in the order given.</summary>
    public Task<AppendOutcome> Append(Caller caller, AccountId account, long mailbox, IReadOnlyList<AppendItem> items, CancellationToken cancellation) =>
        database.Write(async scope =>
        {
            var rights = await MailRights.Of(scope, caller, account);
            if (rights.On(mailbox) == Rights.None) return AppendOutcome.Refuse(MailError.NotFound);
            if (!rights.May(Rights.Write, mailbox)) return AppendOutcome.Refuse(rights.Refuse(mailbox, "You may not add messages to this mailbox."));
            var transaction = await MailTransaction.Begin(scope, account, time.GetUtcNow());
            if (!transaction.Mailboxes.TryGetValue(mailbox, out var row)) return AppendOutcome.Refuse(MailError.NotFound);
            if (!await AccountTable.HasRoom(scope, account, items.Sum(item => item.Message.Blob.Size)))
                return AppendOutcome.Refuse(new MailError(MailFailure.OverQuota, "The account has no room left: destroy something first."));
            var made = await transaction.Add([.. items.Select(item => new IngestItem(item.Message, item.ReceivedAt ?? time.GetUtcNow(), [mailbox], item.Keywords))]);
            List<uint> uids = [.. made.Select(email => (uint)transaction.Placed[(email.Id, mailbox)])];
            // A flag that may not be set is passed over (RFC 4314 §4).
            if (rights.May(Rights.Delete, mailbox)) await transaction.MarkDeleted(mailbox, [.. uids.Where((_, at) => items[at].IsDeleted).Select(uid => (long)uid)], deleted: true);
            await transaction.Settle();
            return new AppendOutcome((uint)row.UidValidity, uids, null);
        }, cancellation);

    /// <summary>Stores a message and removes another, both or neither (RFC 8508). Answers the UID of the new one.</summary>
    public Task<AppendOutcome> Replace(Caller caller, AccountId account, long mailbox, uint uid, AccountId toAccount, long target, AppendItem item, CancellationToken cancellation) =>
        database.Write(async scope =>
        {
            var rights = await MailRights.Of(scope, caller, account);
            var there = toAccount == account ? rights : await MailRights.Of(scope, caller, toAccount);
            if (!there.May(Rights.Write, target)) return AppendOutcome.Refuse(MailError.Forbidden("You may not add messages to that mailbox."));
            if (!rights.May(Rights.Delete, mailbox)) return AppendOutcome.Refuse(MailError.Forbidden("You may not remove messages from this mailbox."));
            var run = await MailboxCopyRun.Begin(scope, account, mailbox, toAccount, target, time.GetUtcNow());
            return run is null ? AppendOutcome.Refuse(MailError.NotFound) : await run.Replace(uid, item, time.GetUtcNow());
        }, cancellation);

    /// <summary>
    /// What of a change may be done with these rights, null when none of it: STORE does what it may (RFC 4314 §4).
    /// </summary>
    static FlagChange? Allowed(FlagChange change, Rights rights)
    {
        var nothing = new Patch<string>();
        var changesKeywords = change.Patch.Replace is not null || change.Patch.Add.Count > 0 || change.Patch.Remove.Count > 0;
        var (mayWrite, mayDelete) = (rights.HasFlag(Rights.Write), rights.HasFlag(Rights.Delete));
        if (!(changesKeywords && mayWrite) && !(change.Deleted is not null && mayDelete) && (changesKeywords || change.Deleted is not null || !mayWrite)) return null;
        return new FlagChange(mayWrite ? change.Patch : nothing, mayDelete ? change.Deleted : null);
    }

    static async ValueTask<Dictionary<long, List<string>>> Keywords(ReadScope scope, List<Place> places)
    {
        long[] others = [.. places.Where(place => place.Flags.HasFlag(MessageFlags.Other)).Select(place => place.Message)];
        return others.Length == 0 ? [] : await MessageTable.OtherKeywords(scope, others);
    }

    static ValueTask<List<Place>> Find(ReadScope scope, long mailbox, uint[] uids, bool isContiguous) =>
        isContiguous ? PlaceTable.Range(scope, mailbox, uids[0], uids[^1], uids.Length) : PlaceTable.Find(scope, mailbox, Longs(uids));

    static long[] Ids(List<Place> places) => [.. places.Select(place => place.Message).Distinct()];

    static long[] Longs(IEnumerable<uint> uids) => [.. uids.Select(uid => (long)uid)];
}

using Bastide.Mail.Mime;
using Bastide.Mail.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail;

/// <summary>
/// The operations on messages, for every protocol, delivery and import: they ask who may, own the transaction and move
/// the change sequence. The bytes of a message are durable before it is stored here.
/// </summary>
public sealed class Messages(Database database, BlobStore blobs, TimeProvider time)
{
    /// <summary>The most mailboxes a message may be in.</summary>
    public const int MaxMailboxes = 100;

    /// <summary>The most keywords a message may have.</summary>
    public const int MaxKeywords = 100;

    /// <summary>Those of the messages that the caller may read, in the order asked, and the state they are of.</summary>
    public ValueTask<(IReadOnlyList<Message> Found, Sequence State)> Get(Caller caller, AccountId account, IReadOnlyList<long> ids, bool withStructure, CancellationToken cancellation) =>
        database.Read<(IReadOnlyList<Message>, Sequence)>(async scope =>
        {
            // The state is read first: what commits in between is told again, never missed.
            var state = await AccountTable.State(scope, account, MailTypes.Email);
            var rights = await MailRights.Of(scope, caller, account);
            if (rights.SeesNothing || ids.Count == 0) return ([], state);
            var stored = (await ContentTable.Find(scope, account, [.. ids.Distinct()], withStructure)).ToDictionary(message => message.Row.Id);
            return ([.. ids.Where(id => stored.TryGetValue(id, out var message) && rights.Sees(message.Row.Mailboxes)).Select(id => Show(stored[id], rights))], state);
        }, cancellation);

    /// <summary>
    /// What changed since (RFC 8621 §4.3); null when it cannot be told any more. For a caller who may read some
    /// mailboxes only, what left them is destroyed.
    /// </summary>
    public ValueTask<ItemChanges?> Changes(Caller caller, AccountId account, Sequence since, int limit, CancellationToken cancellation) =>
        database.Read(async scope =>
        {
            var rights = await MailRights.Of(scope, caller, account);
            var changes = await MessageTable.Items.Since(scope, account, since, limit);
            if (changes is null || rights.SeesAll) return changes;
            var rows = await MessageTable.Find(scope, account, [.. changes.Created, .. changes.Updated]);
            var visible = rows.Where(row => rights.Sees(row.Mailboxes)).Select(row => row.Id).ToHashSet();
            return changes with
            {
                Created = [.. changes.Created.Where(visible.Contains)],
                Updated = [.. changes.Updated.Where(visible.Contains)],
                Destroyed = [.. changes.Destroyed, .. changes.Updated.Where(id => !visible.Contains(id))],
            };
        }, cancellation);

    /// <summary>
    /// Reads what a message says of itself, outside any transaction. It never fails for what the bytes are: what is
    /// hostile is stored and shown as raw text (<see cref="ParsedMessage.IsBroken"/>).
    /// Throws <see cref="InvalidDataException"/> when there is no such blob.
    /// </summary>
    public async ValueTask<ParsedMessage> Parse(StoredBlob blob, CancellationToken cancellation)
    {
        await using var stream = await blobs.Open(blob.Id, cancellation) ?? throw new InvalidDataException($"There is no blob {blob.Id} to read a message from.");
        return await MessageParser.Parse(stream, blob, cancellation);
    }

    /// <summary>The same for a blob whose size is not known; null when there is none.</summary>
    public async ValueTask<ParsedMessage?> Parse(BlobId blob, CancellationToken cancellation)
    {
        await using var stream = await blobs.Open(blob, cancellation);
        return stream is null ? null : await MessageParser.Parse(stream, new StoredBlob(blob, stream.Length), cancellation);
    }

    /// <summary>The bytes of a message or part, or null. Whoever calls has asked whether they may be read.</summary>
    public ValueTask<Stream?> OpenBlob(BlobId blob, CancellationToken cancellation) => new(blobs.Open(blob, cancellation));

    /// <summary>Stores, changes and destroys messages in one transaction (RFC 8621 §4.6; IMAP APPEND, STORE, MOVE, EXPUNGE).</summary>
    public Task<SetOutcome<NewEmail, MailError>> Set(Caller caller, AccountId account, EmailSet set, CancellationToken cancellation) =>
        database.Write(async scope =>
        {
            var rights = await MailRights.Of(scope, caller, account);
            var state = await AccountTable.State(scope, account, MailTypes.Email);
            if (rights.SeesNothing) return new SetOutcome<NewEmail, MailError>(state, state) { Refused = MailError.NotFound };
            var run = new EmailSetRun(scope, account, rights, await MailTransaction.Begin(scope, account, time.GetUtcNow()), time.GetUtcNow());
            return await run.Run(set);
        }, cancellation);

    /// <summary>
    /// Copies messages from one account to another, bytes shared (RFC 8621 §4.7). The originals stay: destroy them with
    /// <see cref="Set"/> where they were to be moved.
    /// </summary>
    public async Task<SetOutcome<NewEmail, MailError>> Copy(Caller caller, AccountId from, AccountId to, EmailCopy copy, CancellationToken cancellation)
    {
        var (found, fromState) = await Get(caller, from, [.. copy.Create.Values.Select(item => item.Id).Distinct()], withStructure: true, cancellation);
        if (copy.IfFromInState is { } expected && expected != fromState) return new SetOutcome<NewEmail, MailError>(default, default) { Refused = MailError.StateMismatch };
        var originals = found.ToDictionary(message => message.Id);
        var missing = copy.Create.Where(item => !originals.ContainsKey(item.Value.Id)).ToDictionary(item => item.Key, _ => MailError.NotFound);
        var create = copy.Create.Where(item => originals.ContainsKey(item.Value.Id)).ToDictionary(item => item.Key, item =>
        {
            var original = originals[item.Value.Id];
            return new EmailCreate(AsParsed(original), item.Value.MailboxIds)
            {
                Keywords = item.Value.Keywords ?? original.Keywords,
                ReceivedAt = item.Value.ReceivedAt ?? original.ReceivedAt,
            };
        });
        var outcome = await Set(caller, to, new EmailSet { IfInState = copy.IfInState, Create = create }, cancellation);
        return outcome with { NotCreated = outcome.NotCreated.Concat(missing).ToDictionary() };
    }

    /// <summary>
    /// Delivers a message inside the transaction of whoever delivers: to the inbox, or where it is said. Nobody is asked
    /// for rights. When the account has no room nothing is done and the answer says so.
    /// </summary>
    public async ValueTask<IngestResult> Ingest(WriteScope scope, AccountId account, ParsedMessage message, DateTimeOffset receivedAt, IReadOnlyList<long>? mailboxIds = null, IReadOnlyList<string>? keywords = null)
    {
        var transaction = await MailTransaction.Begin(scope, account, time.GetUtcNow());
        if (!await AccountTable.HasRoom(scope, account, message.Blob.Size)) return new IngestResult(0, 0, OverQuota: true);
        var target = (mailboxIds ?? []).Where(transaction.Mailboxes.ContainsKey).ToList();
        if (target.Count == 0) target.Add(Inbox(transaction, account));
        var made = await transaction.Add([new IngestItem(message, receivedAt, target, keywords ?? [])]);
        await transaction.Settle();
        await scope.Advance(account, MailTypes.EmailDelivery);
        return new IngestResult(made[0].Id, made[0].ThreadId);
    }

    /// <summary>
    /// Stores many messages in one transaction (import, restore); null for each that the account has no room for. Nobody
    /// is asked for rights, and nothing is announced as delivered.
    /// </summary>
    public Task<IReadOnlyList<NewEmail?>> IngestMany(AccountId account, IReadOnlyList<IngestItem> items, CancellationToken cancellation) =>
        database.Write<IReadOnlyList<NewEmail?>>(async scope =>
        {
            var transaction = await MailTransaction.Begin(scope, account, time.GetUtcNow());
            var fitting = await Fitting(scope, account, items);
            var made = await transaction.Add(fitting);
            await transaction.Settle();
            var byItem = new Dictionary<IngestItem, NewEmail>(ReferenceEqualityComparer.Instance);
            foreach (var (item, email) in fitting.Zip(made)) byItem[item] = email;
            return [.. items.Select(item => byItem.GetValueOrDefault(item))];
        }, cancellation);

    static async ValueTask<List<IngestItem>> Fitting(ReadScope scope, AccountId account, IReadOnlyList<IngestItem> items)
    {
        if (await AccountTable.HasRoom(scope, account, items.Sum(item => item.Message.Blob.Size))) return [.. items];
        var fitting = new List<IngestItem>();
        var octets = 0L;
        foreach (var item in items)
        {
            if (!await AccountTable.HasRoom(scope, account, octets + item.Message.Blob.Size)) continue;
            octets += item.Message.Blob.Size;
            fitting.Add(item);
        }

        return fitting;
    }

    static long Inbox(MailTransaction transaction, AccountId account) =>
        transaction.Mailboxes.Values.FirstOrDefault(mailbox => mailbox.Role == MailboxRoles.Inbox)?.Id
        ?? throw new InvalidOperationException($"The account {account} has no inbox to deliver to.");

    static Message Show(StoredMessage stored, MailRights rights) => new()
    {
        Id = stored.Row.Id,
        Blob = stored.Row.Blob,
        Size = stored.Row.Size,
        ThreadId = stored.Row.ThreadId,
        MailboxIds = rights.SeesAll ? stored.Row.Mailboxes : stored.Row.Mailboxes.FindAll(mailbox => rights.May(Rights.Read, mailbox)),
        Keywords = stored.Row.Keywords,
        ReceivedAt = stored.Row.ReceivedAt,
        HasAttachment = stored.Row.HasAttachment,
        Preview = stored.Preview,
        Header = stored.Header,
        Structure = stored.Structure,
        CreatedSeq = stored.Row.CreatedSeq,
        ChangedSeq = stored.Row.ChangedSeq,
    };

    static ParsedMessage AsParsed(Message message) => new()
    {
        Blob = new StoredBlob(message.Blob, message.Size),
        Header = message.Header,
        Structure = message.Structure!,
        Preview = message.Preview,
        HasAttachment = message.HasAttachment,
    };
}

using System.Text.Json;
using Bastide.Abstractions.Mail;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Platform.Jobs;
using Bastide.Platform.Limits;
using Bastide.Protocols.Smtp;

namespace Bastide.Mail.Delivery;

/// <summary>
/// Sends messages for the people of this server: the one operation behind JMAP's EmailSubmission (RFC 8621 §7) and SMTP
/// submission (RFC 6409). What is answered as sent is durable: recipients here have it, for the others it is in the queue.
/// </summary>
public sealed class Submissions
{
    /// <summary>The most recipients of one message.</summary>
    public const int MaxRecipients = 500;

    /// <summary>The most octets of one message.</summary>
    public const long MaxSize = 50L * 1024 * 1024;

    internal const string QueuedReply = "250 2.0.0 Queued";
    const int MostGiven = 10_000;

    readonly Database _database;
    readonly JobQueue _jobs;
    readonly Queue _queue;
    readonly LocalDelivery _delivery;
    readonly SubmissionDraft _draft;
    readonly Senders _senders;
    readonly Routes _routes;
    readonly Limiter _limiter;
    readonly DeliveryLimits _limits;
    readonly IReadOnlyList<ISentMailListener> _listeners;
    readonly TimeProvider _time;

    internal Submissions(
        Database database, JobQueue jobs, Queue queue, LocalDelivery delivery, SubmissionDraft draft, Senders senders, Routes routes, Limiter limiter, DeliveryLimits limits,
        IEnumerable<ISentMailListener> listeners, TimeProvider time)
    {
        _database = database;
        _jobs = jobs;
        _queue = queue;
        _delivery = delivery;
        _draft = draft;
        _senders = senders;
        _routes = routes;
        _limiter = limiter;
        _limits = limits;
        _listeners = [.. listeners];
        _time = time;
    }

    /// <summary>The type of submissions, in change sequences.</summary>
    public static DataType Type { get; } = new("EmailSubmission");

    /// <summary>How far ahead a message may be held (<c>maxDelayedSend</c>).</summary>
    public static TimeSpan MaxDelay { get; } = TimeSpan.FromDays(30);

    /// <summary>How long what became of a submission can be asked for.</summary>
    internal static TimeSpan KeptFor { get; } = TimeSpan.FromDays(30);

    /// <summary>
    /// Sends a message, now or when its time comes. Durable when it answers without a failure; then recipients here have
    /// it already, unless it is held.
    /// </summary>
    public async ValueTask<SubmitResult> Submit(Caller caller, SubmitRequest request, CancellationToken cancellation)
    {
        if (!await _senders.May(caller, request.Account, cancellation)) return Refused(SubmitFailure.ForbiddenToSend, "You may not send from this account.");
        var now = _time.GetUtcNow();
        if (request.SendAt > now + MaxDelay) return Refused(SubmitFailure.InvalidSendAt, $"A message can be held for {MaxDelay.TotalDays:0} days at most.");
        var (drafted, failure) = await _draft.Make(caller, request, cancellation);
        if (drafted is null) return failure!;
        if (!TakeRemote(caller, drafted.Recipients)) return Refused(SubmitFailure.RateLimit, "You have written to very many people lately; try again in an hour.");

        var isHeld = request.SendAt > now;
        var prepared = isHeld ? null : await PrepareLocal(drafted.Mail, drafted.Recipients, cancellation);
        var id = await _database.Write(async scope =>
        {
            var seq = await scope.Advance(request.Account, Type);
            var submission = await SubmissionTable.Insert(scope, request, drafted.Envelope, isHeld ? request.SendAt!.Value : now, isHeld ? UndoStatus.Pending : UndoStatus.Final, seq);
            var mail = drafted.Mail with { Account = request.Account, Submission = submission };
            if (isHeld) await Hold(scope, mail, drafted.Recipients, request.SendAt!.Value);
            else await Send(scope, mail, drafted.Recipients, prepared);
            await Tell(scope, request.Account, drafted.Recipients, drafted.Addressed, now);
            return submission;
        }, cancellation);
        return new SubmitResult((await Load(request.Account, [id], cancellation)).Found[0]);
    }

    /// <summary>The same for a message that came by SMTP. Answers null when it is durable, or the refusal.</summary>
    internal async ValueTask<SmtpReply?> Submit(SmtpSubmission submission, CancellationToken cancellation)
    {
        if (!await _senders.MayBeFrom(submission.Caller, submission.From, cancellation))
            return new SmtpReply(550, "5.7.1", "The From field must hold your own address and nobody else's");
        var recipients = new List<RoutedRecipient>(submission.Recipients.Count);
        foreach (var recipient in submission.Recipients)
            recipients.Add(await _routes.Of(recipient, cancellation) ?? throw new InvalidOperationException("A recipient that was accepted has no route."));
        if (!TakeRemote(submission.Caller, recipients))
            return new SmtpReply(450, "4.7.1", "You have written to very many people lately; try again in an hour");

        var mail = new OutgoingMail(submission.Sender, submission.Message) { Account = submission.Account, IsEightBit = submission.IsEightBit, IsUtf8 = submission.IsUtf8 };
        var prepared = await PrepareLocal(mail, recipients, cancellation);
        await _database.Write(async scope =>
        {
            await Send(scope, mail, recipients, prepared);
            await Tell(scope, submission.Account, recipients, submission.Addressed, _time.GetUtcNow());
        }, cancellation);
        return null;
    }

    /// <summary>Takes a held message back.</summary>
    public async ValueTask<CancelOutcome> Cancel(Caller caller, AccountId account, long id, CancellationToken cancellation) =>
        await _database.Write(async scope =>
        {
            var rights = await Access.On(scope, caller, account);
            if (!rights.HasFlag(Rights.Read) || await SubmissionTable.Lock(scope, account, id) is not { } status) return CancelOutcome.NotFound;
            if (!rights.HasFlag(Rights.Submit)) return CancelOutcome.Forbidden;
            if (status == UndoStatus.Canceled) return CancelOutcome.Canceled;
            if (status == UndoStatus.Final) return CancelOutcome.CannotUnsend;
            await SubmissionTable.Move(scope, id, UndoStatus.Pending, UndoStatus.Canceled, await scope.Advance(account, Type));
            await JobQueue.Cancel(scope, SubmissionRelease.JobKind, SubmissionRelease.KeyOf(id));
            await OutgoingTable.RemoveOf(scope, [id]);
            return CancelOutcome.Canceled;
        }, cancellation);

    /// <summary>Forgets a submission; its message goes where it was going. False when there is none for the caller.</summary>
    public async ValueTask<bool> Destroy(Caller caller, AccountId account, long id, CancellationToken cancellation) =>
        await _database.Write(async scope =>
            (await Access.On(scope, caller, account)).HasFlag(Rights.Submit) && await SubmissionTable.Destroy(scope, account, [id]) == 1, cancellation);

    /// <summary>Submissions with how they stand, in the order of their numbers, and the state; null ids for the newest 10,000.</summary>
    public async ValueTask<(IReadOnlyList<Submission> Found, Sequence State)> Get(Caller caller, AccountId account, IReadOnlyList<long>? ids, CancellationToken cancellation) =>
        await MayRead(caller, account, cancellation) ? await Load(account, ids, cancellation) : ([], default);

    /// <summary>What filters and sorts need of the newest 10,000 submissions, newest first, and the state.</summary>
    public async ValueTask<(IReadOnlyList<SubmissionRow> Rows, Sequence State)> All(Caller caller, AccountId account, CancellationToken cancellation) =>
        await MayRead(caller, account, cancellation)
            ? await _database.Snapshot<(IReadOnlyList<SubmissionRow>, Sequence)>(async scope => (await SubmissionTable.Rows(scope, account, MostGiven), await AccountTable.State(scope, account, Type)), cancellation)
            : ([], default);

    /// <summary>What changed since; null when that cannot be told any more.</summary>
    public async ValueTask<ItemChanges?> Changes(Caller caller, AccountId account, Sequence since, int limit, CancellationToken cancellation) =>
        await MayRead(caller, account, cancellation)
            ? await _database.Read(scope => SubmissionTable.Items.Since(scope, account, since, limit), cancellation)
            : null;

    async ValueTask<bool> MayRead(Caller caller, AccountId account, CancellationToken cancellation) =>
        (await _database.Read(scope => Access.On(scope, caller, account), cancellation)).HasFlag(Rights.Read);

    ValueTask<(IReadOnlyList<Submission> Found, Sequence State)> Load(AccountId account, IReadOnlyList<long>? ids, CancellationToken cancellation) =>
        _database.Snapshot<(IReadOnlyList<Submission>, Sequence)>(async scope =>
        {
            var found = await SubmissionTable.Find(scope, account, ids, MostGiven);
            var statuses = await OutgoingTable.Statuses(scope, found.Select(s => s.Id));
            return ([.. found.Select(s => s with { DeliveryStatus = [.. statuses[s.Id]] })], await AccountTable.State(scope, account, Type));
        }, cancellation);

    bool TakeRemote(Caller caller, IReadOnlyList<RoutedRecipient> recipients)
    {
        var remote = recipients.Count(r => !r.IsLocal);
        return remote == 0 || _limiter.TryTake(_limits.RemoteRecipients, caller.Person.ToString(), out _, remote);
    }

    async ValueTask<PreparedMail?> PrepareLocal(OutgoingMail mail, IReadOnlyList<RoutedRecipient> recipients, CancellationToken cancellation)
    {
        var local = recipients.Where(r => r.IsLocal).Select(r => r.Address.ToString()).ToList();
        return local.Count == 0 ? null : await _delivery.Prepare(mail.Message, local, cancellation);
    }

    async ValueTask Hold(WriteScope scope, OutgoingMail mail, IReadOnlyList<RoutedRecipient> recipients, DateTimeOffset until)
    {
        var message = await _queue.Keep(scope, mail, recipients.Select(r => (r, Delivered.Queued, QueuedReply)));
        var payload = new ReleasePayload(message, mail.Submission!.Value);
        await _jobs.Enqueue(scope, new JobRequest(
            SubmissionRelease.JobKind,
            JsonSerializer.Serialize(payload, DeliveryJson.Default.ReleasePayload),
            until,
            SubmissionRelease.KeyOf(payload.Submission)));
    }

    async ValueTask Send(WriteScope scope, OutgoingMail mail, IReadOnlyList<RoutedRecipient> recipients, PreparedMail? prepared)
    {
        var delivered = new Dictionary<string, RecipientResult>(StringComparer.Ordinal);
        if (prepared is not null)
            foreach (var result in await _delivery.Deliver(scope, prepared, mail.Sender))
                if (result.Status == Delivered.Yes)
                    delivered[result.Address] = result;
        var rows = recipients.Select(r => delivered.TryGetValue(r.Address.ToString(), out var done)
            ? (Recipient: r, done.Status, Reply: done.Reply.ToString())
            : (Recipient: r, Status: Delivered.Queued, Reply: QueuedReply)).ToList();
        var waiting = rows.Where(r => r.Status == Delivered.Queued).Select(r => r.Recipient.Domain).Distinct().ToList();
        // Where all is done and no submission tells of it, there is nothing to keep.
        if (waiting.Count == 0 && mail.Submission is null) return;
        var message = await _queue.Keep(scope, mail, rows);
        if (waiting.Count > 0) await _queue.Begin(scope, message, waiting);
    }

    /// <summary>Lets the modules remember whom the account writes to.</summary>
    async ValueTask Tell(WriteScope scope, AccountId account, IReadOnlyList<RoutedRecipient> recipients, IReadOnlyList<MailAddress> addressed, DateTimeOffset now)
    {
        if (_listeners.Count == 0) return;
        var names = addressed.GroupBy(address => address.Email, StringComparer.OrdinalIgnoreCase).ToDictionary(same => same.Key, same => same.First().Name, StringComparer.OrdinalIgnoreCase);
        var sent = recipients.Select(recipient => recipient.Address.ToString()).Select(address => new SentTo(address, names.GetValueOrDefault(address))).ToList();
        foreach (var listener in _listeners) await listener.Sent(scope, account, sent, now);
    }

    static SubmitResult Refused(SubmitFailure failure, string description) => new(null, failure, description);
}

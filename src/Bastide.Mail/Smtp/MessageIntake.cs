using Bastide.Mail.Delivery;
using Bastide.Mail.Mime;
using Bastide.Platform.Blobs;
using Bastide.Protocols.Smtp;
using Microsoft.Extensions.Logging;

namespace Bastide.Mail.Smtp;

/// <summary>
/// A message on its way in, through DATA or BDAT: trace fields are put before it, the rest streams to the blob store.
/// Once it is spoilt (too large, a lone CR or LF) what still comes is read and dropped, and <see cref="Accept"/>
/// answers the refusal.
/// </summary>
sealed class MessageIntake : IAsyncDisposable
{
    readonly SmtpSession _session;
    readonly SmtpTransaction _transaction;
    readonly BlobWriter _blob;
    readonly MessageRewrite _rewrite;
    readonly NewlineCheck _newlines = new();
    readonly DateTimeOffset _began;
    long _received;

    MessageIntake(SmtpSession session, SmtpTransaction transaction)
    {
        _session = session;
        _transaction = transaction;
        _began = session.Server.Time.GetUtcNow();
        _blob = session.Server.Blobs.Create();
        _rewrite = new MessageRewrite(_blob, session.IsSubmission ? Rewriting.Submitted(session.Server.HostName, _began) : Rewriting.Received);
    }

    /// <summary>Why the message will be refused, once that is known.</summary>
    public SmtpReply? Refusal { get; private set; }

    /// <summary>Begins a message of the transaction, with its Return-Path and Received fields. RFC 5321 §4.4.</summary>
    public static async ValueTask<MessageIntake> Begin(SmtpSession session, SmtpTransaction transaction)
    {
        var intake = new MessageIntake(session, transaction);
        await intake._blob.WriteAsync(TraceFields.ReturnPath(transaction.Sender?.ToString() ?? ""), session.Cancellation);
        await intake._blob.WriteAsync(TraceFields.Received(session, transaction, intake._began), session.Cancellation);
        return intake;
    }

    /// <summary>Notes why the message cannot be taken; the first reason stays.</summary>
    public void Spoil(SmtpReply refusal) => Refusal ??= refusal;

    /// <summary>Looks for a lone CR or LF in the next piece of a chunk.</summary>
    public void CheckNewlines(ReadOnlySpan<byte> piece)
    {
        _newlines.Scan(piece);
        if (_newlines.HasBareNewline) Spoil(Replies.BareNewlineInMessage);
    }

    /// <summary>Takes the next piece. Answers why the connection has to end now, or null.</summary>
    public async ValueTask<SmtpReply?> Write(ReadOnlyMemory<byte> piece)
    {
        var limits = _session.Limits;
        _received += piece.Length;
        if (_received > limits.MessageSize) Spoil(Replies.TooLarge);
        if (_received > limits.MessageSize + limits.Drain) return Replies.TooLarge;
        var taken = _session.Server.Time.GetUtcNow() - _began;
        if (taken > limits.Message && _received < taken.TotalSeconds * limits.OctetsPerSecond) return Replies.TimedOut;
        if (Refusal is null && piece.Length > 0) await _rewrite.Write(piece, _session.Cancellation);
        return null;
    }

    /// <summary>Everything came: makes it durable, hands it on, and answers what the peer is told.</summary>
    public async ValueTask<SmtpReply> Accept()
    {
        var reply = await Keep();
        SmtpMeter.Ended(_session.IsSubmission, reply.Code, _received);
        if (reply.IsPositive) _session.Took();
        return reply;
    }

    public ValueTask DisposeAsync() => _blob.DisposeAsync();

    async ValueTask<SmtpReply> Keep()
    {
        _newlines.End();
        if (_newlines.HasBareNewline) Spoil(Replies.BareNewlineInMessage);
        if (_rewrite.Hops > _session.Limits.Hops) Spoil(Replies.Loop);
        if (Refusal is not null) return Refusal;
        try
        {
            await _rewrite.End(_session.Cancellation);
            var blob = await _blob.Complete(_session.Cancellation);
            return _session.IsSubmission ? await Submit(blob) : await Deliver(blob);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _session.Server.Logger.LogError(exception, "A message of {Size} octets could not be kept", _received);
            return Replies.Broken;
        }
    }

    async ValueTask<SmtpReply> Deliver(StoredBlob blob)
    {
        var mail = new IncomingMail(blob, _transaction.Sender?.ToString() ?? "", [.. _transaction.Recipients.Select(r => r.ToString())])
        {
            IsEightBit = _rewrite.IsEightBit,
            IsUtf8 = _rewrite.HasUtf8Header || _transaction.IsUtf8,
        };
        var refusal = await _session.Server.Delivery.Receive(mail, _session.Cancellation);
        Log(blob);
        return refusal ?? Kept(blob);
    }

    async ValueTask<SmtpReply> Submit(StoredBlob blob)
    {
        var submitted = new SmtpSubmission(_session.Caller!, _transaction.SenderAccount!.Value, blob, _transaction.Sender?.ToString() ?? "", _transaction.Recipients)
        {
            From = _rewrite.From,
            Addressed = [.. _rewrite.Recipients.SelectMany(HeaderForms.AsAddresses)],
            IsEightBit = _rewrite.IsEightBit,
            IsUtf8 = _rewrite.HasUtf8Header || _transaction.IsUtf8,
        };
        var refusal = await _session.Server.Submissions.Submit(submitted, _session.Cancellation);
        Log(blob);
        return refusal ?? Kept(blob);
    }

    void Log(StoredBlob blob) =>
        _session.Server.Logger.LogInformation("A message of {Size} octets from {Remote} for {Recipients} recipients", blob.Size, _session.Remote.Address, _transaction.Recipients.Count);

    static SmtpReply Kept(StoredBlob blob) => new(250, "2.0.0", $"Kept as {blob.Id.Hex[..16]}");
}

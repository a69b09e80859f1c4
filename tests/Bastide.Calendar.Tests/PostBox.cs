using System.Collections.Concurrent;
using System.Security.Cryptography;
using Bastide.Abstractions.Mail;
using Bastide.Platform.Blobs;
using Bastide.Platform.Db;

namespace Bastide.Calendar.Tests;

/// <summary>The mail module as calendars know it: what they send is kept, and what a test says has arrived.</summary>
public sealed class PostBox : IProgramMail, ICalendarMail
{
    readonly ConcurrentDictionary<BlobId, ArrivedCalendar> _arrived = [];

    /// <summary>What was sent, from the oldest.</summary>
    public ConcurrentQueue<ProgramMessage> Sent { get; } = [];

    /// <summary>Keeps a mail as if it had come.</summary>
    public BlobId Keep(ArrivedCalendar mail)
    {
        var id = new BlobId(RandomNumberGenerator.GetBytes(32));
        _arrived[id] = mail;
        return id;
    }

    public ValueTask<IPreparedMail?> Prepare(ProgramMessage message, CancellationToken cancellation) => new(new Prepared(this, message));

    public ValueTask<ArrivedCalendar?> Read(BlobId message, CancellationToken cancellation) => new(_arrived.GetValueOrDefault(message));

    sealed class Prepared(PostBox box, ProgramMessage message) : IPreparedMail
    {
        public ValueTask Post(WriteScope scope)
        {
            scope.AfterCommit(() => box.Sent.Enqueue(message));
            return ValueTask.CompletedTask;
        }
    }
}

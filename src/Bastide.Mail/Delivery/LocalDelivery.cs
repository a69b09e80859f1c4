using Bastide.Abstractions.Identity;
using Bastide.Abstractions.Mail;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Db;
using Bastide.Protocols.Smtp;

namespace Bastide.Mail.Delivery;

/// <summary>
/// Puts messages into the inboxes of people and teams here. A person whom several recipients mean (an alias, a
/// sub-address) gets one copy. All recipients of a message are written in one transaction.
/// </summary>
sealed class LocalDelivery(Database database, IDirectory directory, Messages messages, Queue queue, VacationReply vacation, IEnumerable<ICalendarMailListener> calendars, DeliveryLimits limits, TimeProvider time)
{
    static readonly SmtpReply Kept = new(250, "2.1.5", "Delivered to the mailbox");
    static readonly SmtpReply NoSuchPerson = new(550, "5.1.1", "There is nobody of this address here");
    static readonly SmtpReply Disabled = new(450, "4.2.1", "The account is disabled at present");
    static readonly SmtpReply Full = new(452, "4.2.2", "The mailbox has no room for this message");

    /// <summary>Whether the account has room for so many octets more.</summary>
    public ValueTask<bool> HasRoom(AccountId account, long octets, CancellationToken cancellation) =>
        database.Read(scope => AccountTable.HasRoom(scope, account, octets), cancellation);

    /// <summary>
    /// Delivers a message from another server. Answers null when it is durable for every recipient who can have it now
    /// (for the others it waits in the queue, and the sender hears when that fails), or the refusal when none can.
    /// </summary>
    public async ValueTask<SmtpReply?> Receive(IncomingMail mail, CancellationToken cancellation)
    {
        var prepared = await Prepare(mail.Message, mail.Recipients, cancellation);
        if (prepared.Recipients.All(r => r.Refusal is not null)) return prepared.Recipients[0].Refusal!.Reply;
        await database.Write(async scope =>
        {
            var results = await Deliver(scope, prepared, mail.Sender);
            var waiting = results.Where(r => r.Status != Delivered.Yes).Select(r => new RoutedRecipient(Parsed(r.Address), RoutedRecipient.Here)).ToList();
            if (waiting.Count == 0) return;
            var outgoing = new OutgoingMail(mail.Sender, mail.Message) { IsEightBit = mail.IsEightBit, IsUtf8 = mail.IsUtf8 };
            await queue.Add(scope, outgoing, waiting, time.GetUtcNow() + limits.FirstPause);
        }, cancellation);
        return null;
    }

    /// <summary>Parses the message and looks up its recipients, outside any transaction.</summary>
    public async ValueTask<PreparedMail> Prepare(StoredBlob message, IReadOnlyList<string> recipients, CancellationToken cancellation)
    {
        var looked = new List<PreparedRecipient>(recipients.Count);
        foreach (var recipient in recipients) looked.Add(await Look(recipient, message.Size, cancellation));
        return new PreparedMail(await messages.Parse(message, cancellation), looked);
    }

    /// <summary>Delivers within the transaction to those who can have it, and answers how it stands with everyone.</summary>
    public async ValueTask<IReadOnlyList<RecipientResult>> Deliver(WriteScope scope, PreparedMail mail, string sender)
    {
        var results = new List<RecipientResult>(mail.Recipients.Count);
        results.AddRange(mail.Recipients.Select(r => r.Refusal).OfType<RecipientResult>());
        // In the order of their numbers, so that two deliveries to the same people do not wait for each other crosswise.
        foreach (var person in mail.Recipients.Where(r => r.Entry is not null).GroupBy(r => r.Entry!.Account).OrderBy(p => p.Key.Value))
        {
            var ingested = await messages.Ingest(scope, person.Key, mail.Message, time.GetUtcNow());
            results.AddRange(person.Select(r => ingested.OverQuota
                ? new RecipientResult(r.Address, Delivered.Queued, Full)
                : new RecipientResult(r.Address, Delivered.Yes, Kept)));
            if (ingested.OverQuota) continue;
            await vacation.Consider(scope, person.First().Entry!, person.First().Address, sender, mail.Message.Blob.Id);
            if (!CalendarMail.IsIn(mail.Message)) continue;
            foreach (var calendar in calendars) await calendar.Arrived(scope, person.Key, mail.Message.Blob.Id);
        }

        return results;
    }

    async ValueTask<PreparedRecipient> Look(string recipient, long size, CancellationToken cancellation)
    {
        var entry = await directory.Find(recipient, cancellation);
        if (entry is null) return Refused(recipient, NoSuchPerson);
        if (entry.Disabled) return Refused(recipient, Disabled);
        return await HasRoom(entry.Account, size, cancellation) ? new PreparedRecipient(recipient, entry, null) : Refused(recipient, Full);
    }

    static PreparedRecipient Refused(string recipient, SmtpReply reply) => new(recipient, null, RecipientResult.Of(recipient, reply, Delivered.Yes));

    static SmtpAddress Parsed(string address) =>
        SmtpAddress.TryParse(address, out var parsed) ? parsed : throw new InvalidOperationException("A recipient that was accepted is not an address.");
}

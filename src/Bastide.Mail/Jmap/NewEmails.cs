using System.Text.Json.Nodes;
using Bastide.Mail.Mime;
using Bastide.Platform.Blobs;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary>Makes the messages of Email/set create: reads the object, finds its blobs, builds and parses the message. RFC 8621 §4.6.</summary>
sealed class NewEmails(MessageBuilder builder, Messages messages, BlobUploads uploads, BlobStore blobs)
{
    /// <summary>The most octets of attachments of one Email: what stays below the largest message that can be sent once it is in base64.</summary>
    public const long MaxSizeAttachments = 37_000_000;

    /// <summary>The message to be stored, or why it cannot be made.</summary>
    public async ValueTask<(EmailCreate? Email, SetError? Error)> Make(JmapCall call, JsonObject properties)
    {
        var draft = new DraftReader(properties, call.Created);
        if (draft.Error is { } error) return (null, error);
        if (await CheckBlobs(call, draft) is { } missing) return (null, missing);
        var (blob, refused) = await builder.Build(draft.Message, call.Cancellation);
        if (refused is not null) return (null, SetErrors.From(refused));
        var parsed = await messages.Parse(blob!.Value, call.Cancellation);
        return (new EmailCreate(parsed, draft.MailboxIds) { Keywords = draft.Keywords, ReceivedAt = draft.ReceivedAt }, null);
    }

    /// <summary>What the server set: the answer of a creation. RFC 8621 §4.6.</summary>
    public static JsonObject ServerSet(NewEmail email) => new()
    {
        ["blobId"] = email.Blob.ToString(),
        ["threadId"] = WireId.Thread.Write(email.ThreadId),
        ["size"] = email.Size,
    };

    /// <summary>
    /// The <c>created</c> of Email/import and Email/copy; what was refused joins <paramref name="notCreated"/>. Throws the method
    /// error when nothing was done at all.
    /// </summary>
    public static JsonObject Created(JmapCall call, SetOutcome<NewEmail, MailError> outcome, JsonObject notCreated)
    {
        SetErrors.ThrowIfRefused(outcome.Refused);
        var created = new JsonObject();
        foreach (var (creationId, email) in outcome.Created)
        {
            var id = WireId.Email.Write(email.Id);
            var set = ServerSet(email);
            set["id"] = id;
            created[creationId] = set;
            call.Created.Add(creationId, id);
        }

        foreach (var (creationId, error) in outcome.NotCreated) notCreated[creationId] = SetErrors.From(error).ToJson();
        return created;
    }

    async ValueTask<SetError?> CheckBlobs(JmapCall call, DraftReader draft)
    {
        var missing = draft.MissingBlobs.ToList();
        var total = 0L;
        foreach (var (blob, uses) in draft.Blobs)
        {
            if (await uploads.MayRead(call.Caller, call.Account, blob, call.Cancellation) && await blobs.Size(blob, call.Cancellation) is { } size) total += size * uses;
            else missing.Add(blob.ToString());
        }

        if (missing.Count > 0)
            return new SetError("blobNotFound", "Upload the attachments first.", Extra: new JsonObject { ["notFound"] = JsonValues.Texts(missing) });
        return total > MaxSizeAttachments
            ? new SetError("tooLarge", $"Attachments of one email have at most {MaxSizeAttachments} octets together.", Extra: new JsonObject { ["maxSize"] = MaxSizeAttachments })
            : null;
    }
}

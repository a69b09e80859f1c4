using System.Text.Json.Nodes;
using Bastide.Mail.Mime;
using Bastide.Platform.Blobs;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary><c>Email/import</c>: uploaded messages become Emails. RFC 8621 §4.8.</summary>
sealed class EmailImport(Messages messages, BlobUploads uploads, BlobStore blobs)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        call.CheckWritable();
        var emails = call.Arguments.ObjectOrNull("emails") ?? throw JmapException.InvalidArguments("emails is missing: it is an object.");
        if (emails.Count > call.Limits.MaxObjectsInSet)
            throw new JmapException("requestTooLarge", $"At most {call.Limits.MaxObjectsInSet} emails can be imported at once: send fewer.");
        var ifInState = SetRequest.State(call.Arguments, "ifInState");
        var refused = new JsonObject();
        var create = new Dictionary<string, EmailCreate>();
        foreach (var (creationId, properties) in emails)
        {
            var (email, error) = await Read(call, properties);
            if (email is not null) create[creationId] = email;
            else refused[creationId] = error!.ToJson();
        }

        var outcome = await messages.Set(call.Caller, call.Account, new Mail.EmailSet { IfInState = ifInState, Create = create }, call.Cancellation);
        return Answer(call, outcome, refused);
    }

    static JsonObject Answer(JmapCall call, SetOutcome<NewEmail, MailError> outcome, JsonObject refused)
    {
        var created = NewEmails.Created(call, outcome, refused);
        return new JsonObject
        {
            ["accountId"] = call.Account.ToString(),
            ["oldState"] = outcome.OldState.ToString(),
            ["newState"] = outcome.NewState.ToString(),
            ["created"] = created.Count == 0 ? null : created,
            ["notCreated"] = refused.Count == 0 ? null : refused,
        };
    }

    async ValueTask<(EmailCreate? Email, SetError? Error)> Read(JmapCall call, JsonNode? node)
    {
        if (node is not JsonObject properties) throw JmapException.InvalidArguments("Every value of emails is an object.");
        var invalid = new InvalidProperties();
        var mailboxes = IdSets.Mailboxes(properties["mailboxIds"], call.Created, invalid) ?? [];
        var keywords = IdSets.Keywords(properties["keywords"], invalid);
        var receivedAt = JmapDates.ReadUtc(properties["receivedAt"].AsText());
        if (properties["receivedAt"] is not null && receivedAt is null) invalid.Add("receivedAt", "it is a date in UTC, as 2026-11-23T09:30:00Z.");
        foreach (var (name, _) in properties)
            if (name is not ("blobId" or "mailboxIds" or "keywords" or "receivedAt"))
                invalid.Add(name, "there is no such property.");
        var message = BlobId.TryParse(properties["blobId"].AsText(), null, out var blob) && await uploads.MayRead(call.Caller, call.Account, blob, call.Cancellation)
            ? await messages.Parse(blob, call.Cancellation)
            : null;
        if (message is null) invalid.Add("blobId", "there is no such blob: upload the message first.");
        if (invalid.Any) return (null, invalid.ToError());
        if (message!.IsBroken) return (null, new SetError("invalidEmail", "The blob is not a message."));
        return (new EmailCreate(message, mailboxes) { Keywords = keywords, ReceivedAt = receivedAt ?? await LastReceived(message, call.Cancellation) }, null);
    }

    /// <summary>When the last server took the message, by its own word; it stands first. RFC 5321 §4.4.</summary>
    async ValueTask<DateTimeOffset?> LastReceived(ParsedMessage message, CancellationToken cancellation)
    {
        await using var content = await blobs.Open(message.Blob.Id, cancellation);
        if (content is null) return null;
        var fields = await HeaderFields.Read(content, message.Structure, cancellation);
        return fields.FirstOrDefault(field => field.Name.Equals("Received", StringComparison.OrdinalIgnoreCase)) is { } received
            ? HeaderForms.AsDate(received.Value[(received.Value.LastIndexOf(';') + 1)..])
            : null;
    }
}

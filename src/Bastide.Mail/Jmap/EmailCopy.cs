using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary><c>Email/copy</c>: from one account to another. RFC 8621 §4.7, RFC 8620 §5.4.</summary>
sealed class EmailCopy(Messages messages)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = await CopyRequest.Parse(call);
        var notCreated = new JsonObject();
        var create = new Dictionary<string, EmailCopyItem>();
        foreach (var (creationId, properties) in request.Create)
        {
            var (item, error) = Read(properties, call.Created);
            if (item is not null) create[creationId] = item;
            else notCreated[creationId] = error!.ToJson();
        }

        var outcome = await messages.Copy(call.Caller, request.From, call.Account, new Mail.EmailCopy
        {
            IfFromInState = request.IfFromInState,
            IfInState = request.IfInState,
            Create = create,
        }, call.Cancellation);
        var created = NewEmails.Created(call, outcome, notCreated);
        return await request.Answer(call, "Email/set", outcome.OldState, outcome.NewState, created, notCreated);
    }

    static (EmailCopyItem? Item, SetError? Error) Read(JsonObject properties, CreatedIds created)
    {
        var invalid = new InvalidProperties();
        foreach (var (name, _) in properties)
            if (name is not ("id" or "mailboxIds" or "keywords" or "receivedAt"))
                invalid.Add(name, "it cannot be set in a copy.");
        var mailboxes = IdSets.Mailboxes(properties["mailboxIds"], created, invalid) ?? [];
        var keywords = properties["keywords"] is { } given ? IdSets.Keywords(given, invalid) : null;
        var receivedAt = JmapDates.ReadUtc(properties["receivedAt"].AsText());
        if (properties["receivedAt"] is not null && receivedAt is null) invalid.Add("receivedAt", "it is a date in UTC, as 2026-11-23T09:30:00Z.");
        if (invalid.Any) return (null, invalid.ToError());
        return WireId.Email.Read(properties["id"].AsText()) is { } id
            ? (new EmailCopyItem(id, mailboxes) { Keywords = keywords, ReceivedAt = receivedAt }, null)
            : (null, SetError.NotFound);
    }
}

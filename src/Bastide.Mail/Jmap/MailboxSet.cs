using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary><c>Mailbox/set</c>. RFC 8621 §2.5.</summary>
sealed class MailboxSet(Mailboxes mailboxes)
{
    const long LargestSortOrder = int.MaxValue;

    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = SetRequest.Parse(call, hasOwn: true);
        var removesEmails = call.Arguments.Flag("onDestroyRemoveEmails");
        var answer = new SetAnswer(call, request);
        var siblings = request.Create.Select(c => c.Key).ToHashSet(StringComparer.Ordinal);
        var create = new Dictionary<string, MailboxCreate>();
        foreach (var (creationId, properties) in request.Create)
        {
            var (mailbox, error) = ReadCreate(properties, call.Created, siblings);
            if (mailbox is not null) create[creationId] = mailbox;
            else answer.NotCreated(creationId, error!);
        }

        var outcome = await mailboxes.Set(call.Caller, call.Account, new Mail.MailboxSet
        {
            IfInState = request.IfInState,
            Create = create,
            Update = await ReadUpdates(call, request.Updates(WireId.Mailbox, answer), siblings, answer),
            Destroy = request.Destroys(WireId.Mailbox, answer),
            OnDestroyRemoveEmails = removesEmails,
        }, call.Cancellation);
        return answer.Answer(outcome, WireId.Mailbox, SetErrors.From, (creationId, mailbox) =>
            (mailbox.Id, MailboxProperties.All.ServerSet(mailbox, request.Create.First(c => c.Key == creationId).Value)));
    }

    static (MailboxCreate? Mailbox, SetError? Error) ReadCreate(JsonObject given, CreatedIds created, HashSet<string> siblings)
    {
        var invalid = new InvalidProperties();
        var name = given["name"].AsText();
        if (name is null) invalid.Add("name", "a mailbox has a name.");
        var (update, parentCreation) = ReadCommon(given, created, siblings, invalid);
        foreach (var (property, _) in given)
            if (property is not ("name" or "parentId" or "role" or "sortOrder" or "isSubscribed"))
                invalid.Add(property, MailboxProperties.All.Names.Contains(property) ? "the server sets it." : "there is no such property.");
        if (invalid.Any) return (null, invalid.ToError());
        return (new MailboxCreate
        {
            Name = name!,
            ParentId = update.ParentId.Value,
            ParentCreationId = parentCreation,
            Role = update.Role.Value,
            SortOrder = update.SortOrder ?? 0,
            IsSubscribed = update.IsSubscribed,
        }, null);
    }

    async ValueTask<Dictionary<long, MailboxUpdate>> ReadUpdates(JmapCall call, Dictionary<long, JsonObject> patches, HashSet<string> siblings, SetAnswer answer)
    {
        var repeated = patches.Where(p => p.Value.Any(IsFixed)).Select(p => p.Key).ToList();
        var present = repeated.Count == 0 ? [] : (await mailboxes.Get(call.Caller, call.Account, repeated, call.Cancellation)).Found.ToDictionary(m => m.Id);
        var updates = new Dictionary<long, MailboxUpdate>();
        foreach (var (id, patch) in patches)
        {
            var invalid = new InvalidProperties();
            if (patch.ContainsKey("name") && patch["name"].AsText() is null) invalid.Add("name", "a mailbox has a name.");
            var (update, parentCreation) = ReadCommon(patch, call.Created, siblings, invalid);
            // A mailbox that is not there is refused as not found by the operation.
            if (present.TryGetValue(id, out var mailbox)) MailboxProperties.All.CheckUnchanged(mailbox, patch.Where(IsFixed), invalid);
            if (invalid.Any) answer.NotUpdated(WireId.Mailbox.Write(id), invalid.ToError());
            else updates[id] = update with { ParentCreationId = parentCreation };
        }

        return updates;
    }

    static bool IsFixed(KeyValuePair<string, JsonNode?> property) =>
        property.Key is not ("name" or "parentId" or "role" or "sortOrder" or "isSubscribed");

    static (MailboxUpdate Update, string? ParentCreationId) ReadCommon(JsonObject given, CreatedIds created, HashSet<string> siblings, InvalidProperties invalid)
    {
        Optional<long?> parent = default;
        string? parentCreation = null;
        if (given.TryGetPropertyValue("parentId", out var parentId))
        {
            if (parentId is null) parent = Optional.Of<long?>(null);
            else if (WireId.Mailbox.Resolve(parentId.AsText(), created) is { } number) parent = Optional.Of<long?>(number);
            else if (parentId.AsText() is ['#', .. var creation] && siblings.Contains(creation)) parentCreation = creation;
            else invalid.Add("parentId", "there is no such mailbox.");
        }

        Optional<string> role = default;
        if (given.TryGetPropertyValue("role", out var roleNode))
        {
            if (roleNode is null || roleNode.AsText() is not null) role = Optional.Of(roleNode.AsText());
            else invalid.Add("role", "it is a string or null.");
        }

        long? sortOrder = null;
        if (given.ContainsKey("sortOrder"))
        {
            sortOrder = given["sortOrder"] is { } node ? node.AsUnsigned() : 0;
            if (sortOrder is null or > LargestSortOrder) invalid.Add("sortOrder", "it is a number from 0 to 2³¹−1.");
        }

        bool? isSubscribed = null;
        if (given["isSubscribed"] is { } subscribed && (isSubscribed = subscribed.AsFlag()) is null) invalid.Add("isSubscribed", "it is true or false.");
        return (new MailboxUpdate
        {
            Name = given["name"].AsText(),
            ParentId = parent,
            Role = role,
            SortOrder = sortOrder,
            IsSubscribed = isSubscribed,
        }, parentCreation);
    }
}

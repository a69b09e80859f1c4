using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary><c>Identity/set</c>. RFC 8621 §6.3.</summary>
sealed class IdentitySet(Identities identities)
{
    const int LongestName = 500;
    const int LongestSignature = 64 * 1024;

    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = SetRequest.Parse(call);
        var answer = new SetAnswer(call, request);
        var create = new Dictionary<string, IdentityCreate>();
        foreach (var (creationId, properties) in request.Create)
        {
            var (identity, error) = ReadCreate(properties);
            if (identity is not null) create[creationId] = identity;
            else answer.NotCreated(creationId, error!);
        }

        var outcome = await identities.Set(call.Caller, call.Account, new Mail.IdentitySet
        {
            IfInState = request.IfInState,
            Create = create,
            Update = await ReadUpdates(call, request.Updates(WireId.Identity, answer), answer),
            Destroy = request.Destroys(WireId.Identity, answer),
        }, call.Cancellation);
        return answer.Answer(outcome, WireId.Identity, SetErrors.From, (creationId, identity) =>
            (identity.Id, IdentityProperties.All.ServerSet(identity, request.Create.First(c => c.Key == creationId).Value)));
    }

    static (IdentityCreate? Identity, SetError? Error) ReadCreate(JsonObject given)
    {
        var invalid = new InvalidProperties();
        if (given["email"].AsText() is not { Length: > 0 } email)
        {
            invalid.Add("email", "an identity has an address.");
            email = "";
        }

        foreach (var (name, _) in given)
            if (name is not "email" && IsFixed(name))
                invalid.Add(name, IdentityProperties.All.Names.Contains(name) ? "the server sets it." : "there is no such property.");
        var properties = ReadCommon(given, invalid);
        if (invalid.Any) return (null, invalid.ToError());
        return (new IdentityCreate
        {
            Email = email,
            Name = properties.Name ?? "",
            ReplyTo = properties.ReplyTo.Value,
            Bcc = properties.Bcc.Value,
            TextSignature = properties.TextSignature ?? "",
            HtmlSignature = properties.HtmlSignature ?? "",
        }, null);
    }

    async ValueTask<Dictionary<long, IdentityUpdate>> ReadUpdates(JmapCall call, Dictionary<long, JsonObject> patches, SetAnswer answer)
    {
        var repeated = patches.Where(p => p.Value.Any(v => IsFixed(v.Key))).Select(p => p.Key).ToList();
        var present = repeated.Count == 0 ? [] : (await identities.Get(call.Caller, call.Account, repeated, call.Cancellation)).Found.ToDictionary(i => i.Id);
        var updates = new Dictionary<long, IdentityUpdate>();
        foreach (var (id, patch) in patches)
        {
            var invalid = new InvalidProperties();
            var update = ReadCommon(patch, invalid);
            if (present.TryGetValue(id, out var identity)) IdentityProperties.All.CheckUnchanged(identity, patch.Where(v => IsFixed(v.Key)), invalid);
            if (invalid.Any) answer.NotUpdated(WireId.Identity.Write(id), invalid.ToError());
            else updates[id] = update;
        }

        return updates;
    }

    static bool IsFixed(string name) => name is not ("name" or "replyTo" or "bcc" or "textSignature" or "htmlSignature");

    /// <summary>What can be set and changed; null is the property's default.</summary>
    static IdentityUpdate ReadCommon(JsonObject given, InvalidProperties invalid) => new()
    {
        Name = Text(given, "name", LongestName, invalid),
        ReplyTo = Addresses(given, "replyTo", invalid),
        Bcc = Addresses(given, "bcc", invalid),
        TextSignature = Text(given, "textSignature", LongestSignature, invalid),
        HtmlSignature = Text(given, "htmlSignature", LongestSignature, invalid),
    };

    static string? Text(JsonObject given, string name, int longest, InvalidProperties invalid)
    {
        if (!given.TryGetPropertyValue(name, out var node)) return null;
        if (node is null) return "";
        if (node.AsText() is { } text && text.Length <= longest) return text;
        invalid.Add(name, $"it is a text of at most {longest} characters.");
        return null;
    }

    static Optional<IReadOnlyList<MailAddress>> Addresses(JsonObject given, string name, InvalidProperties invalid)
    {
        if (!given.TryGetPropertyValue(name, out var node)) return default;
        if (node is null) return Optional.Of<IReadOnlyList<MailAddress>>(null);
        if (AddressReader.Addresses(node) is { } addresses) return Optional.Of<IReadOnlyList<MailAddress>>(addresses);
        invalid.Add(name, "it is a list of addresses, each with an email.");
        return default;
    }
}

using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary><c>Email/get</c>. What a list shows comes from the store alone; no message is opened for it. RFC 8621 §4.2.</summary>
sealed class EmailGet(Messages messages, MessageQuery query, EmailLoader loader)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = GetRequest.Parse(call, EmailProperties.Names, EmailProperties.Exists);
        var properties = EmailProperties.OfGet(request.Properties, BodyOptions.Read(call.Arguments));
        var ids = new RequestedIds(WireId.Email, request.Ids);
        var numbers = ids.Numbers ?? await AllIds(call, ids);
        var (found, state) = await messages.Get(call.Caller, call.Account, numbers, properties.Needs != EmailNeeds.None, call.Cancellation);
        var views = found.Select(message => new EmailView(message)).ToList();
        await loader.Load(views, properties, call.Cancellation);
        return GetAnswer.Make(call, state.ToString(), views.Select(properties.Write), ids.NotFound(found.Select(m => m.Id)));
    }

    async ValueTask<IReadOnlyList<long>> AllIds(JmapCall call, RequestedIds ids)
    {
        var all = await query.Query(call.Caller, call.Account, new Mail.EmailQuery { Limit = call.Limits.MaxObjectsInGet + 1 }, call.Cancellation);
        ids.CheckCount(all.Ids.Count, call);
        return all.Ids;
    }
}

using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary><c>Mailbox/get</c>. RFC 8621 §2.1.</summary>
sealed class MailboxGet(Mailboxes mailboxes)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = GetRequest.Parse(call, MailboxProperties.All.Names);
        var ids = new RequestedIds(WireId.Mailbox, request.Ids);
        var (found, state) = await mailboxes.Get(call.Caller, call.Account, ids.Numbers, call.Cancellation);
        ids.CheckCount(found.Count, call);
        return MailboxProperties.All.Answer(call, state.ToString(), request, found, ids.NotFound(found.Select(m => m.Id)));
    }
}

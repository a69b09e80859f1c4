using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary><c>Mailbox/query</c>. RFC 8621 §2.3.</summary>
sealed class MailboxQuery(Mailboxes mailboxes)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = QueryRequest.Parse(call);
        var selection = new MailboxSelection(request.Filter, request.Sort, call.Arguments);
        var (all, state) = await mailboxes.Get(call.Caller, call.Account, null, call.Cancellation);
        var selected = selection.Of(all).ConvertAll(m => WireId.Mailbox.Write(m.Id));
        var (position, ids) = request.Window(selected);
        return QueryAnswer.Make(call, request, state.ToString(), canCalculateChanges: true, position, ids, selected.Count);
    }
}

using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary><c>Mailbox/changes</c>, which says when nothing but counts changed. RFC 8621 §2.2.</summary>
sealed class MailboxChanges(Mailboxes mailboxes)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = ChangesRequest.Parse(call);
        var changes = await mailboxes.Changes(call.Caller, call.Account, request.SinceState, request.MaxChanges, call.Cancellation);
        var answer = ChangesAnswer.From(call, changes?.Changes, WireId.Mailbox.Write);
        answer["updatedProperties"] = changes!.OnlyCounts ? JsonValues.Texts(MailboxProperties.Counts) : null;
        return answer;
    }
}

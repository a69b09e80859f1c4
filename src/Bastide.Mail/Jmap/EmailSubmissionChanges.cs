using System.Text.Json.Nodes;
using Bastide.Mail.Delivery;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary><c>EmailSubmission/changes</c>. RFC 8621 §7.2.</summary>
sealed class EmailSubmissionChanges(Submissions submissions)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = ChangesRequest.Parse(call);
        var changes = await submissions.Changes(call.Caller, call.Account, request.SinceState, request.MaxChanges, call.Cancellation);
        return ChangesAnswer.From(call, changes, WireId.Submission.Write);
    }
}

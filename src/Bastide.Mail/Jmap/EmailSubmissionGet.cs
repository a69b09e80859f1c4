using System.Text.Json.Nodes;
using Bastide.Mail.Delivery;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary><c>EmailSubmission/get</c>. RFC 8621 §7.1.</summary>
sealed class EmailSubmissionGet(Submissions submissions)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = GetRequest.Parse(call, SubmissionProperties.All.Names);
        var ids = new RequestedIds(WireId.Submission, request.Ids);
        var (found, state) = await submissions.Get(call.Caller, call.Account, ids.Numbers, call.Cancellation);
        ids.CheckCount(found.Count, call);
        return SubmissionProperties.All.Answer(call, state.ToString(), request, found, ids.NotFound(found.Select(s => s.Id)));
    }
}

using System.Text.Json.Nodes;
using Bastide.Mail.Delivery;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary><c>EmailSubmission/query</c>. RFC 8621 §7.3.</summary>
sealed class EmailSubmissionQuery(Submissions submissions)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = QueryRequest.Parse(call);
        var selection = new SubmissionSelection(request.Filter, request.Sort);
        var (all, state) = await submissions.All(call.Caller, call.Account, call.Cancellation);
        var selected = selection.Of(all).ConvertAll(s => WireId.Submission.Write(s.Id));
        var (position, ids) = request.Window(selected);
        return QueryAnswer.Make(call, request, state.ToString(), canCalculateChanges: true, position, ids, selected.Count);
    }
}

using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary><c>Email/queryChanges</c>. RFC 8621 §4.5.</summary>
sealed class EmailQueryChanges(MessageQuery query)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = QueryChangesRequest.Parse(call);
        var asked = new Mail.EmailQuery
        {
            Filter = EmailConditions.Filter(request.Filter, call.Created),
            Sort = EmailConditions.Sort(request.Sort),
            CollapseThreads = call.Arguments.Flag("collapseThreads"),
            CalculateTotal = request.CalculateTotal,
        };
        var changes = await query.Changes(call.Caller, call.Account, asked, request.SinceQueryState, WireId.Email.Read(request.UpToId), request.MaxChanges, call.Cancellation)
            ?? throw ChangesRequest.CannotCalculate();
        if (changes.TooMany) throw new JmapException("tooManyChanges", "There are more changes than maxChanges: query again.");
        return QueryChangesAnswer.Make(call, changes.Old.ToString(), changes.New.ToString(), changes.Total,
            changes.Removed.Select(WireId.Email.Write), changes.Added.Select(a => (WireId.Email.Write(a.Id), a.Index)));
    }
}

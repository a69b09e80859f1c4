using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary><c>Email/query</c>. RFC 8621 §4.4.</summary>
sealed class EmailQuery(MessageQuery query)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = QueryRequest.Parse(call);
        var result = await query.Query(call.Caller, call.Account, new Mail.EmailQuery
        {
            Filter = EmailConditions.Filter(request.Filter, call.Created),
            Sort = EmailConditions.Sort(request.Sort),
            CollapseThreads = call.Arguments.Flag("collapseThreads"),
            Position = request.Position,
            Anchor = Anchor(request.Anchor),
            AnchorOffset = request.AnchorOffset,
            Limit = request.Limit,
            CalculateTotal = request.CalculateTotal,
        }, call.Cancellation);
        return result.Failure switch
        {
            QueryFailure.AnchorNotFound => throw AnchorNotFound(),
            QueryFailure.TooBroad => throw new JmapException("unsupportedFilter", result.Description),
            _ => QueryAnswer.Make(call, request, result.State.ToString(), result.CanCalculateChanges, result.Position, result.Ids.Select(WireId.Email.Write), result.Total),
        };
    }

    static long? Anchor(string? id) => id is null ? null : WireId.Email.Read(id) ?? throw AnchorNotFound();

    static JmapException AnchorNotFound() => new("anchorNotFound", "The anchor is not among the results.");
}

using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Contacts.Jmap;

/// <summary><c>ContactCard/query</c>. RFC 9610 §3.3.</summary>
sealed class ContactCardQuery(CardQueries queries)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = QueryRequest.Parse(call);
        var result = await queries.Query(call.Caller, call.Account, CardConditions.Filter(request.Filter, call.Created), CardConditions.Sort(request.Sort), call.Cancellation);
        if (result.TooBroad is { } why) throw new JmapException("unsupportedFilter", why);
        var (position, ids) = request.Window([.. result.Ids.Select(WireId.ContactCard.Write)]);
        return QueryAnswer.Make(call, request, result.State.ToString(), result.CanCalculateChanges, position, ids, result.Ids.Count);
    }
}

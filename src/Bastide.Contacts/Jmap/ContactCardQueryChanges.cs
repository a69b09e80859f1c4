using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Contacts.Jmap;

/// <summary><c>ContactCard/queryChanges</c>. RFC 9610 §3.4.</summary>
sealed class ContactCardQueryChanges(CardQueries queries)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = QueryChangesRequest.Parse(call);
        var changes = await queries.Changes(
            call.Caller, call.Account, CardConditions.Filter(request.Filter, call.Created), CardConditions.Sort(request.Sort), request.SinceQueryState, call.Cancellation)
            ?? throw ChangesRequest.CannotCalculate();
        if (changes.Removed.Count + changes.Added.Count > request.MaxChanges) throw new JmapException("tooManyChanges", "There are more changes than maxChanges: query again.");
        return QueryChangesAnswer.Make(
            call, request.SinceQueryState.ToString(), changes.New.ToString(), request.CalculateTotal ? changes.Total : null,
            changes.Removed.Select(WireId.ContactCard.Write), changes.Added.Select(added => (WireId.ContactCard.Write(added.Id), added.Index)));
    }
}

using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary><c>VacationResponse/get</c>. RFC 8621 §8.1.</summary>
sealed class VacationResponseGet(VacationResponses responses)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = GetRequest.Parse(call, VacationResponseProperties.All.Names);
        var (response, state) = await responses.Get(call.Caller, call.Account, call.Cancellation);
        var isAsked = request.Ids?.Contains(VacationResponseProperties.Singleton) ?? true;
        return VacationResponseProperties.All.Answer(call, state.ToString(), request,
            isAsked ? [response] : [], request.Ids?.Where(id => id != VacationResponseProperties.Singleton) ?? []);
    }
}

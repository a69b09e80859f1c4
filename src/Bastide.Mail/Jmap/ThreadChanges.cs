using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary><c>Thread/changes</c>. RFC 8621 §3.2.</summary>
sealed class ThreadChanges(Threads threads)
{
    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = ChangesRequest.Parse(call);
        var changes = await threads.Changes(call.Caller, call.Account, request.SinceState, request.MaxChanges, call.Cancellation);
        return ChangesAnswer.From(call, changes, WireId.Thread.Write);
    }
}

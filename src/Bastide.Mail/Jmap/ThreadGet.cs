using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary><c>Thread/get</c>. RFC 8621 §3.1.</summary>
sealed class ThreadGet(Threads threads)
{
    static readonly ObjectProperties<MailThread> All = new(
        ("id", t => WireId.Thread.Write(t.Id)),
        ("emailIds", t => JsonValues.Texts([.. t.EmailIds.Select(WireId.Email.Write)])));

    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = GetRequest.Parse(call, All.Names);
        if (request.Ids is null) throw new JmapException("requestTooLarge", "Threads cannot be fetched all at once: query for emails and ask for theirs.");
        var ids = new RequestedIds(WireId.Thread, request.Ids);
        var (found, state) = await threads.Get(call.Caller, call.Account, ids.Numbers!, call.Cancellation);
        return All.Answer(call, state.ToString(), request, found, ids.NotFound(found.Select(t => t.Id)));
    }
}

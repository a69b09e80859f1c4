using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;
using Microsoft.Extensions.Logging;

namespace Bastide.Protocols.Jmap;

/// <summary>
/// Runs the calls of one request in their order (RFC 8620 §3.3). A call that fails does not spoil the others; what fails
/// in an unforeseen way is <c>serverFail</c> with a number that stands in the log, and nothing else of it gets out.
/// </summary>
sealed class RequestRun(JmapMethodTable table, Database database, Caller caller, IReadOnlySet<string> capabilities, JmapLimits limits, ILogger logger, CancellationToken cancellation)
{
    readonly Dictionary<AccountId, Rights?> _rights = [];

    public Caller Caller => caller;

    public JmapLimits Limits => limits;

    public CreatedIds Created { get; } = new();

    public CancellationToken Cancellation => cancellation;

    /// <summary>Answers <c>methodResponses</c>.</summary>
    public async Task<JsonArray> Run(IReadOnlyList<Invocation> calls)
    {
        var responses = new JsonArray();
        foreach (var call in calls)
        {
            var (name, arguments, after) = await Answer(call, responses);
            responses.Add((JsonNode)new JsonArray(name, arguments, call.Id));
            foreach (var response in after) responses.Add((JsonNode)response);
        }

        return responses;
    }

    public async ValueTask<JsonObject> InvokeWithin(JmapCall parent, string name, JsonObject arguments)
    {
        var (answered, answer, after) = await Answer(new Invocation(name, arguments, parent.MethodCallId), null);
        parent.After.Add(new JsonArray(answered, answer.DeepClone(), parent.MethodCallId));
        parent.After.AddRange(after);
        return answer;
    }

    public async ValueTask<Rights?> RightsOn(AccountId account)
    {
        if (_rights.TryGetValue(account, out var known)) return known;
        var rights = await database.Read<Rights?>(async scope =>
        {
            var whole = await Access.On(scope, caller, account);
            if (whole != Rights.None) return whole;
            return (await Access.Reachable(scope, caller)).Exists(a => a.Account.Id == account) ? Rights.None : null;
        }, cancellation);
        _rights[account] = rights;
        return rights;
    }

    async ValueTask<(string Name, JsonObject Arguments, List<JsonArray> After)> Answer(Invocation call, JsonArray? responses)
    {
        try
        {
            // What a method does by itself (RFC 8621 §7.5) needs no capability of the request.
            if (!table.TryFind(call.Name, out var entry) || (responses is not null && !capabilities.Contains(entry.Capability)))
                throw new JmapException("unknownMethod", $"There is no method {call.Name} in the capabilities that the request uses.");
            var arguments = responses is null ? call.Arguments : References.Resolve(call.Arguments, responses);
            var (account, rights) = entry.NeedsAccount ? await Account(arguments) : (default, Rights.None);
            var running = new JmapCall(this, call.Id, arguments, account, rights);
            var answer = await entry.Method(running);
            return (call.Name, answer, running.After);
        }
        catch (JmapException exception)
        {
            return ("error", exception.ToJson(), []);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            var number = Guid.NewGuid().ToString("N")[..12];
            logger.LogError(exception, "{Method} failed ({Number})", call.Name, number);
            return ("error", new JmapException("serverFail", $"The server failed; nothing of this call was done. Tell the administrator the number {number}.").ToJson(), []);
        }
    }

    async ValueTask<(AccountId, Rights)> Account(JsonObject arguments)
    {
        if (arguments["accountId"] is not JsonValue value || !value.TryGetValue(out string? text))
            throw JmapException.InvalidArguments("accountId is missing: it is a string, one of the session's accounts.");
        if (AccountId.TryParse(text, null, out var account) && await RightsOn(account) is { } rights) return (account, rights);
        throw new JmapException("accountNotFound", "There is no such account.");
    }
}

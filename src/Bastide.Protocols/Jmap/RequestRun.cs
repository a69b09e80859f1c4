using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;
using Microsoft.Extensions.Logging;

namespace Bastide.Protocols.Jmap;

/// <summary>
/// Runs the calls of one request in their order (RFC 8620 §3.3). A call that fails does not spoil the others; what fails
/// in an unforeseen way is <c>serverFail</c> with a number that stands in the log, and nothing else of it gets out. Methods
/// bound what one answer holds; the answers of a request are bounded here, or thirty of them would be held at once.
/// </summary>
sealed class RequestRun(JmapMethodTable table, Database database, Caller caller, JmapRequest request, JmapLimits limits, ILogger logger, CancellationToken cancellation)
{
    const long MostInAnswers = 16 * 1024 * 1024;
    readonly Dictionary<AccountId, (Account Account, Rights Rights)?> _accounts = [];
    readonly Dictionary<(AccountId, string), bool> _supported = [];
    readonly References _references = new(limits.MaxSizeRequest);
    long _room = MostInAnswers;

    public Caller Caller => caller;

    public JmapLimits Limits => limits;

    public CreatedIds Created { get; } = new();

    public bool Uses(string capability) => request.Using.Contains(capability);

    public CancellationToken Cancellation => cancellation;

    /// <summary>Answers <c>methodResponses</c>.</summary>
    public async Task<JsonArray> Run()
    {
        var responses = new JsonArray();
        foreach (var call in request.Calls)
        {
            var (name, arguments, after) = await Answer(call, responses);
            Add(responses, new JsonArray(name, arguments, call.Id));
            foreach (var response in after) Add(responses, response);
        }

        return responses;
    }

    void Add(JsonArray responses, JsonArray response)
    {
        _room -= JsonWeight.Of(response, _room);
        responses.Add((JsonNode)response);
    }

    public async ValueTask<JsonObject> InvokeWithin(JmapCall parent, string name, JsonObject arguments)
    {
        var (answered, answer, after) = await Answer(new Invocation(name, arguments, parent.MethodCallId), null);
        parent.After.Add(new JsonArray(answered, answer.DeepClone(), parent.MethodCallId));
        parent.After.AddRange(after);
        return answer;
    }

    public async ValueTask<Rights?> RightsOn(AccountId account) => (await Find(account))?.Rights;

    async ValueTask<(string Name, JsonObject Arguments, List<JsonArray> After)> Answer(Invocation call, JsonArray? responses)
    {
        try
        {
            // What a method does by itself (RFC 8621 §7.5) needs no capability of the request.
            if (!table.TryFind(call.Name, out var entry) || (responses is not null && !request.Using.Contains(entry.Capability)))
                throw new JmapException("unknownMethod", $"There is no method {call.Name} in the capabilities that the request uses.");
            if (_room < 0) throw new JmapException("requestTooLarge", $"The answers before this call hold more than {MostInAnswers} octets: send it in another request.");
            var arguments = responses is null ? call.Arguments : _references.Resolve(call.Arguments, responses);
            var (account, rights) = entry.NeedsAccount ? await Account(arguments, entry.Capability) : (default, Rights.None);
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

    async ValueTask<(AccountId, Rights)> Account(JsonObject arguments, string capability)
    {
        // PostgreSQL keeps no U+0000 in a text; refused for both databases, before it gets to either.
        if (request.MayHoldNul && HoldsNul(arguments)) throw JmapException.InvalidArguments("A text here holds the character U+0000: leave it out.");
        if (JmapJson.Text(arguments["accountId"]) is not { } text)
            throw JmapException.InvalidArguments("accountId is missing: it is a string, one of the session's accounts.");
        if (!AccountId.TryParse(text, null, out var id) || await Find(id) is not { } found) throw new JmapException("accountNotFound", "There is no such account.");
        if (!_supported.TryGetValue((id, capability), out var isSupported))
            _supported[(id, capability)] = isSupported = table.Capabilities[capability].PerAccount(caller, found.Account, found.Rights) is not null;
        return isSupported ? (id, found.Rights) : throw new JmapException("accountNotSupportedByMethod", $"The account does not have {capability}: see its accountCapabilities.");
    }

    /// <summary>The account and the caller's rights on it whole, or null where it does not exist for them.</summary>
    async ValueTask<(Account Account, Rights Rights)?> Find(AccountId id)
    {
        if (_accounts.TryGetValue(id, out var known)) return known;
        var found = await database.Read<(Account, Rights)?>(async scope =>
        {
            var whole = await Access.On(scope, caller, id);
            if (whole != Rights.None) return await AccountTable.Find(scope, id) is { } account ? (account, whole) : null;
            foreach (var reached in await Access.Reachable(scope, caller))
                if (reached.Account.Id == id)
                    return reached;
            return null;
        }, cancellation);
        _accounts[id] = found;
        return found;
    }

    static bool HoldsNul(JsonNode? node) => node switch
    {
        JsonObject o => o.Any(p => p.Key.Contains('\0', StringComparison.Ordinal) || HoldsNul(p.Value)),
        JsonArray array => array.Any(HoldsNul),
        _ => JmapJson.Text(node)?.Contains('\0', StringComparison.Ordinal) == true,
    };
}

using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;

namespace Bastide.Protocols.Jmap;

/// <summary>One method call on its way, with what it needs to answer.</summary>
public sealed class JmapCall
{
    readonly RequestRun _run;

    internal JmapCall(RequestRun run, string methodCallId, JsonObject arguments, AccountId account, Rights rights)
    {
        _run = run;
        MethodCallId = methodCallId;
        Arguments = arguments;
        Account = account;
        AccountRights = rights;
    }

    /// <summary>Who asks.</summary>
    public Caller Caller => _run.Caller;

    /// <summary>The account of <c>accountId</c>, which the caller reaches whole or in part; meaningless for methods without one.</summary>
    public AccountId Account { get; }

    /// <summary>What the caller may do with the whole account; single collections may allow more.</summary>
    public Rights AccountRights { get; }

    /// <summary>The arguments, back-references resolved.</summary>
    public JsonObject Arguments { get; }

    /// <summary>The call's id, given back with every response.</summary>
    public string MethodCallId { get; }

    /// <summary>The creation ids of the request.</summary>
    public CreatedIds Created => _run.Created;

    /// <summary>Whether the request uses the capability.</summary>
    public bool Uses(string capability) => _run.Uses(capability);

    /// <summary>The limits in force.</summary>
    public JmapLimits Limits => _run.Limits;

    /// <summary>Ends the work.</summary>
    public CancellationToken Cancellation => _run.Cancellation;

    /// <summary>
    /// Runs another method after this one and appends its response behind this one's, with the same call id
    /// (<c>onSuccessUpdateEmail</c>, RFC 8621 §7.5). Answers what it answered; an error is appended, not thrown, and
    /// answered as its arguments.
    /// </summary>
    public ValueTask<JsonObject> Invoke(string name, JsonObject arguments) => _run.InvokeWithin(this, name, arguments);

    /// <summary>Whether the call may use an account other than its own (<c>/copy</c>): the rights on it, or null where it does not exist.</summary>
    public ValueTask<Rights?> RightsOn(AccountId account) => _run.RightsOn(account);

    /// <summary>Throws <c>accountReadOnly</c> where the session says that the whole account is only to be read. For methods that change it.</summary>
    public void CheckWritable()
    {
        if (IsReadOnly(AccountRights)) throw new JmapException("accountReadOnly", "You may read this account, and change nothing of it.");
    }

    /// <summary>Whether these rights on an account whole allow no change; who has none on the whole may have some on a part.</summary>
    internal static bool IsReadOnly(Rights rights) =>
        rights != Rights.None && (rights & (Rights.Write | Rights.Delete | Rights.Submit | Rights.Manage)) == 0;

    internal List<JsonArray> After { get; } = [];
}

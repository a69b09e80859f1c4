using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary>
/// What EmailSubmission/set is to do with the emails of submissions that succeed: collected while it runs, done by one implicit
/// Email/set whose response follows. RFC 8621 §7.5.
/// </summary>
sealed class OnSuccess
{
    readonly JsonObject _updates;
    readonly HashSet<string> _destroys;
    readonly JsonObject _update = [];
    readonly HashSet<string> _destroy = new(StringComparer.Ordinal);

    /// <summary>Reads the two arguments, before anything is sent; throws <c>invalidArguments</c>.</summary>
    public OnSuccess(JmapCall call)
    {
        _updates = call.Arguments.ObjectOrNull("onSuccessUpdateEmail") ?? [];
        if (_updates.Any(u => u.Value is not JsonObject)) throw JmapException.InvalidArguments("Every value of onSuccessUpdateEmail is a patch object.");
        _destroys = [.. call.Arguments.TextsOrNull("onSuccessDestroyEmail") ?? []];
    }

    /// <summary>A submission was made, changed or destroyed, under the name the request uses and its id.</summary>
    public void Succeeded(string name, string id, long? email)
    {
        if (WireId.Email.Write(email) is not { } emailId) return;
        foreach (var key in name == id ? (string[])[id] : [name, id])
        {
            if (_destroys.Contains(key)) _destroy.Add(emailId);
            if (_updates[key] is not JsonObject patch) continue;
            var update = _update[emailId] as JsonObject ?? [];
            foreach (var (path, value) in patch) update[path] = value?.DeepClone();
            _update[emailId] = update.Parent is null ? update : update.DeepClone();
        }
    }

    public async ValueTask Run(JmapCall call)
    {
        // An email that is destroyed need not be changed before.
        foreach (var id in _destroy) _update.Remove(id);
        if (_update.Count + _destroy.Count == 0) return;
        await call.Invoke("Email/set", new JsonObject
        {
            ["accountId"] = call.Account.ToString(),
            ["update"] = _update.Count == 0 ? null : _update,
            ["destroy"] = _destroy.Count == 0 ? null : JsonValues.Texts([.. _destroy]),
        });
    }
}

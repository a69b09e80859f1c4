using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary><c>VacationResponse/set</c>: the one there is can be changed, none made or destroyed. RFC 8621 §8.2, RFC 8620 §5.3.</summary>
sealed class VacationResponseSet(VacationResponses responses)
{
    const int LongestSubject = 500;
    const int LongestBody = 64 * 1024;

    static readonly SetError OnlyOne = new("singleton", "There is always exactly one vacation response: change it.");

    public async ValueTask<JsonObject> Handle(JmapCall call)
    {
        var request = SetRequest.Parse(call);
        var answer = new SetAnswer(call, request);
        foreach (var (creationId, _) in request.Create) answer.NotCreated(creationId, OnlyOne);
        foreach (var id in request.Destroy) answer.NotDestroyed(id, id == VacationResponseProperties.Singleton ? OnlyOne : SetError.NotFound);
        foreach (var (id, _) in request.Update)
            if (id != VacationResponseProperties.Singleton)
                answer.NotUpdated(id, SetError.NotFound);

        var (present, state) = await responses.Get(call.Caller, call.Account, call.Cancellation);
        if (request.IfInState is { } expected && expected != state) throw SetRequest.StateMismatch();
        if (!request.Update.TryGetValue(VacationResponseProperties.Singleton, out var patch)) return answer.ToJson(state.ToString(), state.ToString());
        var invalid = new InvalidProperties();
        var changed = Read(present, patch, invalid);
        if (invalid.Any)
        {
            answer.NotUpdated(VacationResponseProperties.Singleton, invalid.ToError());
            return answer.ToJson(state.ToString(), state.ToString());
        }

        var (error, before, after) = await responses.Set(call.Caller, call.Account, request.IfInState, changed, call.Cancellation);
        if (error is { Failure: MailFailure.StateMismatch }) SetErrors.ThrowIfRefused(error);
        if (error is null) answer.Updated(VacationResponseProperties.Singleton);
        else answer.NotUpdated(VacationResponseProperties.Singleton, SetErrors.From(error));
        return answer.ToJson(before.ToString(), after.ToString());
    }

    static VacationResponse Read(VacationResponse present, JsonObject patch, InvalidProperties invalid)
    {
        var changed = present;
        foreach (var (name, value) in patch)
        {
            changed = name switch
            {
                "isEnabled" => changed with { IsEnabled = Flag(value, invalid) },
                "fromDate" => changed with { FromDate = Date(name, value, invalid) },
                "toDate" => changed with { ToDate = Date(name, value, invalid) },
                "subject" => changed with { Subject = Text(name, value, LongestSubject, invalid) },
                "textBody" => changed with { TextBody = Text(name, value, LongestBody, invalid) },
                "htmlBody" => changed with { HtmlBody = Text(name, value, LongestBody, invalid) },
                _ => changed,
            };
            if (!VacationResponseProperties.All.Names.Contains(name)) invalid.Add(name, "there is no such property.");
            else if (name == "id" && value.AsText() != VacationResponseProperties.Singleton) invalid.Add(name, "it cannot be changed.");
        }

        if (changed.FromDate >= changed.ToDate) invalid.Add("toDate", "it is after fromDate.");
        return changed;
    }

    static bool Flag(JsonNode? value, InvalidProperties invalid)
    {
        if (value.AsFlag() is { } flag) return flag;
        invalid.Add("isEnabled", "it is true or false.");
        return false;
    }

    static DateTimeOffset? Date(string name, JsonNode? value, InvalidProperties invalid)
    {
        if (value is null) return null;
        if (JmapDates.ReadUtc(value.AsText()) is { } date) return date;
        invalid.Add(name, "it is a date in UTC, as 2026-11-23T09:30:00Z, or null.");
        return null;
    }

    static string? Text(string name, JsonNode? value, int longest, InvalidProperties invalid)
    {
        if (value is null) return null;
        if (value.AsText() is { } text && text.Length <= longest && (name != "subject" || !text.Any(char.IsControl))) return text;
        invalid.Add(name, $"it is a text of at most {longest} characters, or null.");
        return null;
    }
}

using System.Text.Json.Nodes;

namespace Bastide.Protocols.Jmap;

/// <summary>Tells what came of a set of changes as the response of a /set. RFC 8620 §5.3.</summary>
public static class SetOutcomes
{
    /// <summary>Throws the method error when nothing was done at all.</summary>
    /// <typeparam name="T">What is told of a created item.</typeparam>
    /// <typeparam name="TError">Why the module refuses something.</typeparam>
    /// <param name="answer">The answer, perhaps with refusals in it already.</param>
    /// <param name="outcome">What the operation says.</param>
    /// <param name="kind">How its ids are written.</param>
    /// <param name="error">How a refusal is written.</param>
    /// <param name="created">The id of a created item, and what the server set in it.</param>
    /// <param name="updated">What the server set in a changed item that the operation tells of.</param>
    public static JsonObject Answer<T, TError>(
        this SetAnswer answer, SetOutcome<T, TError> outcome, WireId kind, Func<TError, SetError> error, Func<string, T, (long Id, JsonObject Set)> created,
        Func<T, JsonObject?>? updated = null)
        where TError : class
    {
        if (outcome.Refused is { } refused) throw error(refused).OfWholeCall();
        foreach (var (creationId, item) in outcome.Created)
        {
            var (id, set) = created(creationId, item);
            answer.Created(creationId, kind.Write(id), set);
        }

        foreach (var (creationId, why) in outcome.NotCreated) answer.NotCreated(creationId, error(why));
        foreach (var id in outcome.Updated) answer.Updated(kind.Write(id), updated is not null && outcome.UpdatedItems.TryGetValue(id, out var item) ? updated(item) : null);
        foreach (var (id, why) in outcome.NotUpdated) answer.NotUpdated(kind.Write(id), error(why));
        foreach (var id in outcome.Destroyed) answer.Destroyed(kind.Write(id));
        foreach (var (id, why) in outcome.NotDestroyed) answer.NotDestroyed(kind.Write(id), error(why));
        return answer.ToJson(outcome.OldState.ToString(), outcome.NewState.ToString());
    }

    /// <summary>The numbers to destroy; ids that cannot be are answered as not found.</summary>
    public static List<long> Destroys(this SetRequest request, WireId kind, SetAnswer answer)
    {
        var numbers = new List<long>();
        foreach (var id in request.Destroy)
        {
            if (kind.Read(id) is { } number) numbers.Add(number);
            else answer.NotDestroyed(id, SetError.NotFound);
        }

        return numbers;
    }

    /// <summary>The patches by number; ids that cannot be are answered as not found.</summary>
    public static Dictionary<long, JsonObject> Updates(this SetRequest request, WireId kind, SetAnswer answer)
    {
        var patches = new Dictionary<long, JsonObject>();
        foreach (var (id, patch) in request.Update)
        {
            if (kind.Read(id) is { } number) patches[number] = patch;
            else answer.NotUpdated(id, SetError.NotFound);
        }

        return patches;
    }
}

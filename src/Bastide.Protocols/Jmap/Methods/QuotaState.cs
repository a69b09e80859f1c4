using System.Text.Json.Nodes;
using Bastide.Platform.Changes;

namespace Bastide.Protocols.Jmap.Methods;

/// <summary>The one Quota object of an account at a moment.</summary>
/// <param name="Quota">The object; null where there is no bound, or none on a type that the request knows.</param>
/// <param name="State">Where the figures stand.</param>
/// <param name="Bound">Where anything but the use changed last: whether there is an object at all is known back to here.</param>
sealed record QuotaState(JsonObject? Quota, Sequence State, Sequence Bound)
{
    /// <summary>The id of the one object.</summary>
    public const string Id = "octets";

    /// <summary>The ids there are.</summary>
    public IReadOnlyList<string> Ids => Quota is null ? [] : [Id];

    /// <summary>Throws <c>cannotCalculateChanges</c> for a state from which the way is not known.</summary>
    public void CheckKnown(Sequence since)
    {
        if (since > State || since < Bound) throw ChangesRequest.CannotCalculate();
    }
}

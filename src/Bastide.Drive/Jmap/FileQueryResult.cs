using Bastide.Platform.Changes;

namespace Bastide.Drive.Jmap;

/// <summary>What a query found.</summary>
/// <param name="Ids">The numbers, in the order asked for.</param>
/// <param name="State">The state they are of.</param>
/// <param name="IsTooMany">Whether the account holds more than are looked through: then nothing is told.</param>
sealed record FileQueryResult(IReadOnlyList<long> Ids, Sequence State, bool IsTooMany);

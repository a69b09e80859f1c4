using Bastide.Platform.Changes;

namespace Bastide.Protocols.Jmap;

/// <summary>The arguments of a <c>/changes</c> (RFC 8620 §5.2).</summary>
/// <param name="SinceState">The state the client has.</param>
/// <param name="MaxChanges">The most ids it wants; never null, the server's own bound otherwise.</param>
public sealed record ChangesRequest(Sequence SinceState, int MaxChanges)
{
    const int Most = 5000;

    /// <summary>Reads them. A state that no server ever gave is <c>cannotCalculateChanges</c>.</summary>
    public static ChangesRequest Parse(JmapCall call)
    {
        var since = call.Arguments.Text("sinceState");
        var max = call.Arguments.UnsignedOrNull("maxChanges");
        if (max == 0) throw JmapException.InvalidArguments("maxChanges is greater than 0.");
        return Sequence.TryParse(since, null, out var state)
            ? new ChangesRequest(state, (int)Math.Min(max ?? Most, Most))
            : throw CannotCalculate();
    }

    /// <summary>The error when the way from a state is not known.</summary>
    public static JmapException CannotCalculate() =>
        new("cannotCalculateChanges", "The changes since that state are not known: fetch everything again.");
}

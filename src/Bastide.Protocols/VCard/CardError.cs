namespace Bastide.Protocols.VCard;

/// <summary>Why a card cannot be read.</summary>
/// <param name="Line">The line at fault, counted from 1.</param>
/// <param name="Reason">A sentence that tells what is wrong with it.</param>
public sealed record CardError(long Line, string Reason)
{
    /// <summary>Both in one sentence.</summary>
    public override string ToString() => FormattableString.Invariant($"Line {Line}: {Reason}");
}

using System.Diagnostics.CodeAnalysis;

namespace Bastide.Identity;

/// <summary>What an operation gave, or why it was refused: exactly one of the two.</summary>
/// <param name="Value">What it gave.</param>
/// <param name="Refusal">Why it was refused.</param>
/// <typeparam name="T">What it gives.</typeparam>
public readonly record struct Outcome<T>(T? Value, Refusal? Refusal)
    where T : class
{
    /// <summary>Whether it was done.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsDone => Refusal is null;
}

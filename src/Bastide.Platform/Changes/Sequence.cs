using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Bastide.Platform.Db;

namespace Bastide.Platform.Changes;

/// <summary>
/// A position in an account's change sequence: the JMAP state, the IMAP MODSEQ, the DAV sync-token.
/// Gapless per account; a reader who holds N and asks for what follows never misses a change.
/// </summary>
public readonly record struct Sequence(long Value) : IDbValue, IComparable<Sequence>, IParsable<Sequence>
{
    object IDbValue.DbValue => Value;

    /// <summary>The plain number, as JMAP states write it.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public int CompareTo(Sequence other) => Value.CompareTo(other.Value);

    /// <summary>Whether <paramref name="left"/> comes before <paramref name="right"/>.</summary>
    public static bool operator <(Sequence left, Sequence right) => left.Value < right.Value;

    /// <summary>Whether <paramref name="left"/> comes after <paramref name="right"/>.</summary>
    public static bool operator >(Sequence left, Sequence right) => left.Value > right.Value;

    /// <summary>Whether <paramref name="left"/> is or comes before <paramref name="right"/>.</summary>
    public static bool operator <=(Sequence left, Sequence right) => left.Value <= right.Value;

    /// <summary>Whether <paramref name="left"/> is or comes after <paramref name="right"/>.</summary>
    public static bool operator >=(Sequence left, Sequence right) => left.Value >= right.Value;

    /// <summary>Reads the plain number; throws <see cref="FormatException"/> for anything else.</summary>
    public static Sequence Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var sequence) ? sequence : throw new FormatException("A state is a number.");

    /// <summary>Reads the plain number; false for anything else.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Sequence result)
    {
        var ok = long.TryParse(s, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        result = new Sequence(value);
        return ok;
    }
}

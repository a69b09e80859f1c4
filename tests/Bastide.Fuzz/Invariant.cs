using System.Runtime.CompilerServices;

namespace Bastide.Fuzz;

/// <summary>What must hold whatever comes.</summary>
static class Invariant
{
    /// <summary>Throws when it does not.</summary>
    public static void Holds(bool condition, [InterpolatedStringHandlerArgument(nameof(condition))] Explanation otherwise)
    {
        if (!condition) throw new InvariantBrokenException(otherwise.ToString());
    }

    /// <summary>A text that is put together only where it is needed: the search asks a million times an hour.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Explanation
    {
        readonly System.Text.StringBuilder? _text;

        public Explanation(int literalLength, int formattedCount, bool condition, out bool isNeeded)
        {
            _ = formattedCount;
            isNeeded = !condition;
            _text = isNeeded ? new System.Text.StringBuilder(literalLength) : null;
        }

        public void AppendLiteral(string text) => _text!.Append(text);

        public void AppendFormatted<T>(T value) => _text!.Append(value);

        public override string ToString() => _text?.ToString() ?? "";
    }
}

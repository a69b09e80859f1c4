using System.Globalization;
using System.Text;

namespace Bastide.Protocols.Imap;

/// <summary>
/// A <c>sequence-set</c> (RFC 9051 §9): message numbers or UIDs, with <c>*</c> for the last there is, or <c>$</c> for what
/// the last SEARCH saved (RFC 5182).
/// </summary>
public sealed class SequenceSet
{
    // 0 stands for "*".
    readonly List<(uint From, uint To)> _ranges;

    SequenceSet(List<(uint, uint)> ranges, bool isSaved)
    {
        _ranges = ranges;
        IsSaved = isSaved;
    }

    /// <summary>Whether it is <c>$</c>.</summary>
    public bool IsSaved { get; }

    /// <summary>The set that <c>$</c> asks for.</summary>
    public static SequenceSet Saved { get; } = new([], isSaved: true);

    /// <summary>Every number there is.</summary>
    public static SequenceSet All { get; } = new([(1, 0)], isSaved: false);

    /// <summary>Reads one. Throws <see cref="ImapSyntaxException"/>.</summary>
    public static SequenceSet Parse(ReadOnlySpan<byte> text)
    {
        if (text.SequenceEqual("$"u8)) return Saved;
        var ranges = new List<(uint, uint)>();
        foreach (var part in text.Split((byte)','))
        {
            var range = text[part];
            var colon = range.IndexOf((byte)':');
            if (colon < 0)
            {
                var number = Number(range);
                ranges.Add((number, number));
                continue;
            }

            ranges.Add((Number(range[..colon]), Number(range[(colon + 1)..])));
        }

        return new SequenceSet(ranges, isSaved: false);
    }

    /// <summary>The numbers as ranges, ascending and apart from one another; <paramref name="last"/> is what <c>*</c> means, 0 where nothing is.</summary>
    public IReadOnlyList<SequenceRange> Resolve(uint last)
    {
        var resolved = new List<SequenceRange>(_ranges.Count);
        foreach (var (from, to) in _ranges)
        {
            // Where nothing is, "*" means nothing, and so does a range to it.
            if (last == 0 && (from == 0 || to == 0)) continue;
            var (first, second) = (from == 0 ? last : from, to == 0 ? last : to);
            resolved.Add(first > second ? new SequenceRange(second, first) : new SequenceRange(first, second));
        }

        resolved.Sort((a, b) => a.First.CompareTo(b.First));
        var merged = new List<SequenceRange>(resolved.Count);
        foreach (var range in resolved)
        {
            if (merged.Count > 0 && range.First <= (ulong)merged[^1].Last + 1) merged[^1] = new SequenceRange(merged[^1].First, Math.Max(merged[^1].Last, range.Last));
            else merged.Add(range);
        }

        return merged;
    }

    /// <summary>Writes ascending numbers, runs as ranges.</summary>
    public static string Format(IEnumerable<uint> numbers)
    {
        var text = new StringBuilder();
        var (first, last) = (0u, 0u);
        foreach (var number in numbers)
        {
            if (first != 0 && number == last + 1)
            {
                last = number;
                continue;
            }

            Append(text, first, last);
            first = last = number;
        }

        Append(text, first, last);
        return text.ToString();
    }

    static void Append(StringBuilder text, uint first, uint last)
    {
        if (first == 0) return;
        if (text.Length > 0) text.Append(',');
        text.Append(CultureInfo.InvariantCulture, $"{first}");
        if (last > first) text.Append(CultureInfo.InvariantCulture, $":{last}");
    }

    static uint Number(ReadOnlySpan<byte> text)
    {
        if (text.SequenceEqual("*"u8)) return 0;
        if (text.Length == 0 || text[0] is < (byte)'1' or > (byte)'9' || !uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            throw new ImapSyntaxException("A sequence set is numbers from 1, ranges and \"*\", with commas between");
        return number;
    }
}

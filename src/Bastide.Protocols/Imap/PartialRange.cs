namespace Bastide.Protocols.Imap;

/// <summary>Some of a result by their place (RFC 9394 §3.1): from the first, or from the last when <paramref name="FromEnd"/>.</summary>
/// <param name="First">The nearer place, from 1.</param>
/// <param name="Last">The farther place.</param>
/// <param name="FromEnd">Whether places are counted from the last.</param>
public readonly record struct PartialRange(uint First, uint Last, bool FromEnd)
{
    /// <summary>Reads <c>SP a:b</c> or <c>SP -a:-b</c>.</summary>
    public static PartialRange Parse(ImapArguments arguments)
    {
        arguments.Space();
        var fromEnd = arguments.TryTake('-');
        var one = arguments.NonZeroNumber();
        arguments.Expect(':');
        if (arguments.TryTake('-') != fromEnd) throw new ImapSyntaxException("A partial range is 1:100 or -1:-100");
        var other = arguments.NonZeroNumber();
        return new PartialRange(Math.Min(one, other), Math.Max(one, other), fromEnd);
    }

    /// <summary>As it is written in an answer.</summary>
    public override string ToString() => FromEnd ? $"-{First}:-{Last}" : $"{First}:{Last}";

    /// <summary>Those of a result.</summary>
    public List<T> Of<T>(IReadOnlyList<T> all)
    {
        // Long, so that the largest places do not overflow.
        var (from, to) = FromEnd ? (all.Count - (long)Last, all.Count - (long)First) : (First - 1L, Last - 1L);
        var some = new List<T>();
        for (var at = Math.Max(from, 0); at <= to && at < all.Count; at++) some.Add(all[(int)at]);
        return some;
    }
}

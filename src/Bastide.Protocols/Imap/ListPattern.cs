using System.Text;

namespace Bastide.Protocols.Imap;

/// <summary>A pattern of LIST (RFC 9051 §6.3.9): <c>*</c> is anything, <c>%</c> anything but the delimiter <c>/</c>.</summary>
/// <param name="pattern">The pattern, with the reference name before it.</param>
public sealed class ListPattern(string pattern)
{
    readonly string _pattern = WithoutRuns(pattern);

    /// <summary>Whether the name is of the pattern. However long the pattern, what it takes is bounded by the name.</summary>
    public bool Matches(string name)
    {
        // Each letter wants one of the name, and between two letters stands one wildcard at most.
        if (_pattern.Length > (2 * name.Length) + 1) return false;
        var (states, next) = (new bool[_pattern.Length + 1], new bool[_pattern.Length + 1]);
        states[0] = true;
        Spread(states);
        foreach (var c in name)
        {
            Array.Clear(next);
            for (var at = 0; at < _pattern.Length; at++)
            {
                if (!states[at]) continue;
                if (_pattern[at] == '*' || (_pattern[at] == '%' && c != '/')) next[at] = true;
                else if (_pattern[at] != '%' && _pattern[at] == c) next[at + 1] = true;
            }

            Spread(next);
            (states, next) = (next, states);
        }

        return states[^1];
    }

    void Spread(bool[] states)
    {
        for (var at = 0; at < _pattern.Length; at++)
            if (states[at] && _pattern[at] is '*' or '%')
                states[at + 1] |= states[at];
    }

    /// <summary>The pattern with one wildcard where several stand together.</summary>
    static string WithoutRuns(string pattern)
    {
        var text = new StringBuilder(pattern.Length);
        foreach (var c in pattern)
        {
            if (c is not ('*' or '%') || text.Length == 0 || text[^1] is not ('*' or '%')) text.Append(c);
            else if (c == '*') text[^1] = '*';
        }

        return text.ToString();
    }
}

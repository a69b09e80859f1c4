namespace Bastide.Protocols.Imap;

/// <summary>A pattern of LIST (RFC 9051 §6.3.9): <c>*</c> is anything, <c>%</c> anything but the delimiter <c>/</c>.</summary>
/// <param name="pattern">The pattern, with the reference name before it.</param>
public sealed class ListPattern(string pattern)
{
    /// <summary>Whether the name is of the pattern. Takes time in proportion to both, whatever they are.</summary>
    public bool Matches(string name)
    {
        // INBOX in any case is the same mailbox.
        var states = new bool[pattern.Length + 1];
        states[0] = true;
        Spread(states);
        foreach (var c in name)
        {
            var next = new bool[pattern.Length + 1];
            for (var at = 0; at < pattern.Length; at++)
            {
                if (!states[at]) continue;
                if (pattern[at] == '*' || (pattern[at] == '%' && c != '/')) next[at] = true;
                else if (pattern[at] != '%' && pattern[at] == c) next[at + 1] = true;
            }

            Spread(next);
            states = next;
        }

        return states[^1];
    }

    void Spread(bool[] states)
    {
        for (var at = 0; at < pattern.Length; at++)
            if (states[at] && pattern[at] is '*' or '%')
                states[at + 1] |= states[at];
    }
}

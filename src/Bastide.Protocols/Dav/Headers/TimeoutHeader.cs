using System.Globalization;

namespace Bastide.Protocols.Dav.Headers;

/// <summary>Reads <c>Timeout</c> (RFC 4918 §10.7).</summary>
static class TimeoutHeader
{
    /// <summary>The first time that is asked for and can be read, within what is granted; the longest granted where none is.</summary>
    public static TimeSpan Read(string header, int mostSeconds)
    {
        foreach (var wish in header.Split(',', StringSplitOptions.TrimEntries))
        {
            if (wish.Equals("Infinite", StringComparison.OrdinalIgnoreCase)) break;
            if (wish.StartsWith("Second-", StringComparison.OrdinalIgnoreCase) && uint.TryParse(wish.AsSpan(7), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
                return TimeSpan.FromSeconds(Math.Clamp(seconds, 1, mostSeconds));
        }

        return TimeSpan.FromSeconds(mostSeconds);
    }
}

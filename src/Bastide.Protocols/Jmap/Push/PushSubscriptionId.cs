using System.Globalization;

namespace Bastide.Protocols.Jmap.Push;

/// <summary>The id of a push subscription on the wire: <c>p12</c>.</summary>
static class PushSubscriptionId
{
    public static string Write(long id) => string.Create(CultureInfo.InvariantCulture, $"p{id}");

    /// <summary>The number; 0, which no subscription has, for anything else.</summary>
    public static long Read(string text) =>
        text is ['p', _, ..] && long.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;
}

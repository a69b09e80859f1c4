using Microsoft.Extensions.Primitives;

namespace Bastide.Protocols.Dav.Headers;

/// <summary>The value of <c>If-Match</c> and <c>If-None-Match</c> (RFC 9110 §13.1): any, or a list of entity tags.</summary>
/// <param name="IsAny">Whether it is <c>*</c>.</param>
/// <param name="Tags">The tags, with their quotes.</param>
sealed record EntityTags(bool IsAny, IReadOnlyList<string> Tags)
{
    /// <summary>The header, or null when there is none. Throws <see cref="DavException"/> when it cannot be read.</summary>
    public static EntityTags? Parse(StringValues header)
    {
        if (header.Count == 0) return null;
        var text = string.Join(',', header.AsEnumerable()).Trim();
        if (text == "*") return new EntityTags(true, []);
        var tags = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            if (text[at] is ' ' or '\t' or ',')
            {
                at++;
                continue;
            }

            var begin = at;
            if (text.AsSpan(at).StartsWith("W/", StringComparison.Ordinal)) at += 2;
            var end = at < text.Length && text[at] == '"' ? text.IndexOf('"', at + 1) : -1;
            // Interop: some clients send the tag without its quotes; the list then ends at the comma.
            if (end < 0 && text[at..].Contains('"', StringComparison.Ordinal)) throw new DavException(DavError.BadRequest("An entity tag stands in quotes."));
            at = end >= 0 ? end + 1 : text.IndexOf(',', at) is var comma and >= 0 ? comma : text.Length;
            tags.Add(end >= 0 ? text[begin..at] : $"\"{text[begin..at].Trim()}\"");
        }

        return tags.Count > 0 ? new EntityTags(false, tags) : throw new DavException(DavError.BadRequest("There is no entity tag."));
    }

    /// <summary>Whether the tag is one of them, by strong comparison (RFC 9110 §8.8.3.2).</summary>
    public bool HasStrong(string? etag) => etag is not null && !etag.StartsWith("W/", StringComparison.Ordinal) && Tags.Contains(etag);

    /// <summary>Whether the tag is one of them, by weak comparison.</summary>
    public bool HasWeak(string? etag) => etag is not null && Tags.Any(tag => Opaque(tag).SequenceEqual(Opaque(etag)));

    static ReadOnlySpan<char> Opaque(string tag) => tag.StartsWith("W/", StringComparison.Ordinal) ? tag.AsSpan(2) : tag;
}

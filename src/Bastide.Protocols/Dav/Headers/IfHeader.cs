using Microsoft.Extensions.Primitives;

namespace Bastide.Protocols.Dav.Headers;

/// <summary>
/// <c>If</c> (RFC 4918 §10.4): lists of conditions, each list about the address of the request or of its tag. It holds when
/// all conditions of any list do. Every lock token in it counts as submitted, wherever it stands (§10.4.1).
/// </summary>
/// <param name="Lists">The lists.</param>
sealed record IfHeader(IReadOnlyList<IfList> Lists)
{
    const int MostConditions = 200;

    /// <summary>The tokens submitted.</summary>
    public IEnumerable<string> Tokens => Lists.SelectMany(list => list.Conditions).Where(condition => condition.Token is not null).Select(condition => condition.Token!);

    /// <summary>The header of the request, or null when there is none. Throws <see cref="DavException"/> when it cannot be read.</summary>
    public static IfHeader? Parse(StringValues header)
    {
        if (header.Count == 0) return null;
        if (header.Count > 1) throw Malformed();
        var text = header.ToString();
        var lists = new List<IfList>();
        string? tag = null;
        var isTagged = false;
        var count = 0;
        var at = SkipSpace(text, 0);
        while (at < text.Length)
        {
            if (text[at] == '<')
            {
                // A list without a tag cannot come before one with a tag, nor a tag without a list.
                if (lists.Count > 0 && !isTagged) throw Malformed();
                isTagged = true;
                tag = Between(text, ref at, '>');
                at = SkipSpace(text, at);
                if (at == text.Length) throw Malformed();
            }

            if (text[at] != '(') throw Malformed();
            at++;
            var conditions = new List<IfCondition>();
            while ((at = SkipSpace(text, at)) < text.Length && text[at] != ')')
            {
                if (++count > MostConditions) throw Malformed();
                conditions.Add(Condition(text, ref at));
            }

            if (at == text.Length || conditions.Count == 0) throw Malformed();
            lists.Add(new IfList(tag, conditions));
            at = SkipSpace(text, at + 1);
        }

        return lists.Count > 0 ? new IfHeader(lists) : throw Malformed();
    }

    static IfCondition Condition(string text, ref int at)
    {
        var isNot = text.AsSpan(at).StartsWith("Not", StringComparison.OrdinalIgnoreCase);
        if (isNot) at = SkipSpace(text, at + 3);
        if (at < text.Length && text[at] == '<') return new IfCondition(isNot, Between(text, ref at, '>'), null);
        if (at == text.Length || text[at] != '[') throw Malformed();
        // An entity tag may hold the bracket, so its quotes decide.
        var open = text.IndexOf('"', at);
        var close = open < 0 ? -1 : text.IndexOf('"', open + 1);
        var prefix = open < 0 ? "" : text[(at + 1)..open];
        if (close < 0 || prefix is not ("" or "W/") || close + 1 == text.Length || text[close + 1] != ']') throw Malformed();
        var etag = text[(at + 1)..(close + 1)];
        at = close + 2;
        return new IfCondition(isNot, null, etag);
    }

    static string Between(string text, ref int at, char end)
    {
        var close = text.IndexOf(end, at);
        if (close <= at + 1) throw Malformed();
        var between = text[(at + 1)..close];
        at = close + 1;
        return between;
    }

    static int SkipSpace(string text, int at)
    {
        while (at < text.Length && text[at] is (' ' or '\t')) at++;
        return at;
    }

    static DavException Malformed() => new(DavError.BadRequest("The If header cannot be read."));
}

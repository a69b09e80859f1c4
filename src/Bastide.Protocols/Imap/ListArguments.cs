using System.Text;

namespace Bastide.Protocols.Imap;

/// <summary>What LIST asks for (RFC 9051 §6.3.9, RFC 5258, RFC 5819, RFC 6154, RFC 8440, RFC 9590).</summary>
public sealed record ListArguments
{
    const int MostPatterns = 100;

    /// <summary>Whether only subscribed names are wanted.</summary>
    public bool SelectsSubscribed { get; init; }

    /// <summary>Whether only names with a use are wanted (<c>SPECIAL-USE</c>).</summary>
    public bool SelectsSpecialUse { get; init; }

    /// <summary>Whether a name counts for what is below it (<c>RECURSIVEMATCH</c>).</summary>
    public bool IsRecursive { get; init; }

    /// <summary>The reference name.</summary>
    public required string Reference { get; init; }

    /// <summary>The patterns.</summary>
    public required IReadOnlyList<string> Patterns { get; init; }

    /// <summary>Whether subscriptions are told.</summary>
    public bool ReturnsSubscribed { get; init; }

    /// <summary>Whether it is told what has names below it.</summary>
    public bool ReturnsChildren { get; init; }

    /// <summary>Whether rights are told (<c>MYRIGHTS</c>).</summary>
    public bool ReturnsRights { get; init; }

    /// <summary>The annotations that are told of each (<c>METADATA</c>).</summary>
    public IReadOnlyList<MetadataEntry> ReturnsMetadata { get; init; } = [];

    /// <summary>What STATUS is told of each.</summary>
    public StatusItems ReturnsStatus { get; init; }

    /// <summary>Whether more was said than RFC 3501 knows.</summary>
    public bool IsExtended { get; init; }

    /// <summary>Reads them, to the end.</summary>
    public static ListArguments Parse(ImapArguments arguments, bool utf8)
    {
        List<string> selection = [];
        var isExtended = arguments.Peek == '(';
        if (isExtended)
        {
            selection = arguments.ListOf(static one => one.Keyword());
            arguments.Space();
        }

        var reference = arguments.Mailbox(utf8);
        arguments.Space();
        List<string> patterns;
        if (arguments.Peek == '(')
        {
            isExtended = true;
            patterns = arguments.ListOf(one => Pattern(one, utf8));
            if (patterns.Count is 0 or > MostPatterns) throw new ImapSyntaxException("LIST takes 1 to 100 patterns");
        }
        else
        {
            patterns = [Pattern(arguments, utf8)];
        }

        var parsed = new ListArguments { Reference = reference, Patterns = patterns, IsExtended = isExtended };
        foreach (var option in selection) parsed = parsed.Select(option);
        // SPECIAL-USE is no base option (RFC 6154 §6).
        if (parsed.IsRecursive && !parsed.SelectsSubscribed) throw new ImapSyntaxException("RECURSIVEMATCH goes with SUBSCRIBED");
        if (arguments.TrySpace())
        {
            if (!arguments.TryKeyword("RETURN")) throw new ImapSyntaxException("After the patterns comes RETURN");
            arguments.Space();
            arguments.Open();
            for (var count = 0; !arguments.TryClose(); count++)
            {
                if (count > 0) arguments.Space();
                parsed = parsed.Return(arguments);
            }
        }

        arguments.ExpectEnd();
        return parsed;
    }

    /// <summary>A <c>list-mailbox</c>: an atom that may hold wildcards, or a string.</summary>
    static string Pattern(ImapArguments arguments, bool utf8)
    {
        if (arguments.Peek is '"' or '{') return arguments.Mailbox(utf8);
        var text = new StringBuilder();
        while (arguments.Peek is { } next && next is > ' ' and not ('(' or ')' or '{' or '"' or '\\'))
        {
            if (arguments.TryTake('*')) text.Append('*');
            else if (arguments.TryTake('%')) text.Append('%');
            else text.Append(arguments.AString());
        }

        if (text.Length == 0) throw new ImapSyntaxException("A pattern is missing");
        return utf8 ? text.ToString() : ModifiedUtf7.Decode(text.ToString());
    }

    ListArguments Select(string option) => option switch
    {
        "SUBSCRIBED" => this with { SelectsSubscribed = true, ReturnsSubscribed = true },
        // There are no mailboxes of other servers here to name besides.
        "REMOTE" => this,
        "RECURSIVEMATCH" => this with { IsRecursive = true },
        "SPECIAL-USE" => this with { SelectsSpecialUse = true },
        _ => throw new ImapSyntaxException($"LIST knows no selection {option}"),
    };

    ListArguments Return(ImapArguments arguments)
    {
        switch (arguments.Keyword())
        {
            case "SUBSCRIBED":
                return this with { IsExtended = true, ReturnsSubscribed = true };
            case "CHILDREN":
                return this with { IsExtended = true, ReturnsChildren = true };
            // Uses are always told.
            case "SPECIAL-USE":
                return this with { IsExtended = true };
            case "MYRIGHTS":
                return this with { IsExtended = true, ReturnsRights = true };
            case "STATUS":
                arguments.Space();
                return this with { IsExtended = true, ReturnsStatus = StatusArguments.Parse(arguments) };
            case "METADATA":
                arguments.Space();
                return this with { IsExtended = true, ReturnsMetadata = GetMetadataArguments.Several(arguments, MetadataEntry.Parse) };
            default:
                throw new ImapSyntaxException("LIST returns SUBSCRIBED, CHILDREN, SPECIAL-USE, MYRIGHTS, METADATA and STATUS");
        }
    }
}

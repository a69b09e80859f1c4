namespace Bastide.Protocols.Imap;

/// <summary>What THREAD asks for (RFC 5256 §3).</summary>
/// <param name="Algorithm">How messages are put together.</param>
/// <param name="Search">Which messages.</param>
public sealed record ThreadArguments(ThreadAlgorithm Algorithm, SearchArguments Search)
{
    /// <summary>Reads them, to the end.</summary>
    public static ThreadArguments Parse(ImapArguments arguments)
    {
        var algorithm = arguments.Keyword() switch
        {
            "ORDEREDSUBJECT" => ThreadAlgorithm.OrderedSubject,
            "REFERENCES" => ThreadAlgorithm.References,
            var other => throw new ImapSyntaxException($"There is no threading algorithm {other}: take REFERENCES or ORDEREDSUBJECT"),
        };
        arguments.Space();
        return new ThreadArguments(algorithm, new SearchArguments { Key = new SearchKey.All() }.ReadProgram(arguments));
    }
}

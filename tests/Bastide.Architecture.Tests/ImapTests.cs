using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Bastide.Architecture.Tests;

/// <summary>What the IMAP server says and does is proved by conversations, and stands in the index of specifications.</summary>
public sealed partial class ImapTests
{
    const string Server = "src/Bastide.Mail/Imap/";

    static readonly string[] Transcripts =
        [.. new[] { "Transcripts", "Conversations" }.SelectMany(folder => Repository.Files($"tests/Bastide.Mail.Tests/Imap/{folder}", "*.txt")).Select(Repository.Read)];

    [Fact]
    public void Every_verb_is_said_in_a_conversation()
    {
        var verbs = Verb().Matches(Repository.Read(Server + "ImapVerbs.cs")).Select(match => match.Groups["name"].Value).ToList();
        verbs.Count.ShouldBeGreaterThan(50);
        var said = Transcripts.SelectMany(text => Said().Matches(text)).Select(match => match.Groups["verb"].Value.ToUpperInvariant()).ToHashSet();
        verbs.Where(verb => !said.Contains(verb)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_capability_has_a_conversation_that_is_headed_by_it()
    {
        var headings = string.Join('\n', Transcripts.SelectMany(text => text.Split('\n')).Where(line => line.StartsWith('#')));
        Capabilities().Where(capability => !Names(headings, capability)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_capability_stands_in_the_index_of_specifications()
    {
        var index = Repository.Read("spec/index.tsv");
        Capabilities().Where(capability => !Names(index, capability)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_conversation_says_which_section_it_is_of() =>
        Transcripts.Where(text => !Section().IsMatch(text.Split('\n')[0])).Select(text => text.Split('\n')[0]).ShouldBeEmpty();

    static List<string> Capabilities()
    {
        List<string> capabilities = [.. Quoted().Matches(Repository.Read(Server + "Capabilities.cs")).SelectMany(match => match.Groups["text"].Value.Split(' '))
            .Where(word => Capability().IsMatch(word)).Select(word => word.StartsWith("APPENDLIMIT", StringComparison.Ordinal) ? "APPENDLIMIT" : word).Distinct()];
        capabilities.Count.ShouldBeGreaterThan(45);
        return capabilities;
    }

    static bool Names(string text, string capability) => Regex.IsMatch(text, $@"(?<![\w=+-]){Regex.Escape(capability)}(?![\w=+-])");

    [GeneratedRegex("new\\(\"(?<name>[A-Z ]+)\"")]
    private static partial Regex Verb();

    [GeneratedRegex(@"(?:^C\d?[:!] |\\r\\n)\w+ (?<verb>UID [A-Za-z]+|[A-Za-z]+)", RegexOptions.Multiline)]
    private static partial Regex Said();

    [GeneratedRegex("\"(?<text>[^\"]*)\"")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^[A-Z][A-Za-z0-9+=-]+(?:\{|$)")]
    private static partial Regex Capability();

    [GeneratedRegex(@"RFC \d+")]
    private static partial Regex Section();
}

using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Bastide.Testing;

namespace Bastide.Protocols.Tests.Dav;

/// <summary>
/// A conversation as a script. <c>C:</c> lines are a request: its first line, headers, and after an empty one the body.
/// <c>S:</c> lines are the answer: its status, headers that must be there (<c>!Name</c> for one that must not), and after an
/// empty one the body, which is not looked at where there is none in the script; XML is compared as XML. <c>*</c> stands for
/// anything, <c>[[name]]</c> for what is kept under that name the first time and must be the same afterwards.
/// <c>AS bob</c> says who asks from there on, alice at first; <c>AS nobody</c> sends no credentials. <c>WAIT 60</c> moves
/// the clock by seconds.
/// </summary>
sealed partial class DavTranscript(DavServer server)
{
    /// <summary>The prefixes that a script may use in XML.</summary>
    const string Prefixes = "xmlns:D=\"DAV:\" xmlns:CS=\"http://calendarserver.org/ns/\" xmlns:T=\"urn:example:shelves\" xmlns:x=\"urn:example:dead\"";

    readonly Dictionary<string, string> _kept = [];
    string _who = "alice";

    public static IEnumerable<string> Names() => Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(name => name.Contains(".Dav.Transcripts.", StringComparison.Ordinal))
        .Select(name => name.Split(".Dav.Transcripts.")[1].Replace(".txt", "", StringComparison.Ordinal));

    public static async Task Run(string name, DavServer server)
    {
        var transcript = new DavTranscript(server);
        var lines = Read(name).Split('\n');
        var number = 0;
        while (number < lines.Length)
        {
            var first = number;
            try
            {
                if (lines[number].StartsWith("C:", StringComparison.Ordinal))
                {
                    var said = Block(lines, ref number, "C:");
                    var expected = Block(lines, ref number, "S:");
                    if (expected.Count == 0) throw new InvalidOperationException("nothing is expected of this request");
                    await transcript.Exchange(said, expected);
                }
                else
                {
                    transcript.Step(lines[number++]);
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                throw new InvalidOperationException($"{name}, line {first + 1}: {exception.Message}", exception);
            }
        }
    }

    void Step(string line)
    {
        if (line.Length == 0 || line[0] == '#') return;
        switch (line.Split(' '))
        {
            case ["AS", var who]:
                _who = who;
                break;
            case ["WAIT", var seconds]:
                server.Time.Advance(TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)));
                break;
            default:
                throw new InvalidOperationException($"'{line}' is nothing a transcript can say");
        }
    }

    async Task Exchange(List<string> said, List<string> expected)
    {
        var (head, body) = Split(said.ConvertAll(Fill));
        if (_who != "nobody") head.Add(server.Credentials(_who));
        var answer = await RawHttp.Send(server.Url, head[0], head[1..], body is null ? null : Encoding.UTF8.GetBytes(body));
        var (wanted, wantedBody) = Split(expected);
        try
        {
            if (server.Failures.TryDequeue(out var failure)) throw new InvalidOperationException(failure.ToString());
            Match(answer.Status.ToString(CultureInfo.InvariantCulture), wanted[0], "the status");
            foreach (var header in wanted[1..])
            {
                if (header[0] == '!')
                {
                    if (answer.Header(header[1..]) is { } value) throw new InvalidOperationException($"there is {header[1..]}: {value}");
                    continue;
                }

                var (name, pattern) = header.Split(": ", 2) is [var n, var p] ? (n, p) : throw new InvalidOperationException($"'{header}' is no header");
                Match(answer.Header(name) ?? throw new InvalidOperationException($"there is no {name}"), pattern, name);
            }

            if (wantedBody is null) return;
            if (wantedBody.StartsWith('<')) Compare(XElement.Parse(answer.Text), XElement.Parse(Declared().Replace(wantedBody, $"<$1 {Prefixes}", 1)));
            else Match(answer.Text, wantedBody, "the body");
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{exception.Message}\n--- answered:\n{answer.Status}\n{string.Join('\n', answer.Headers.Select(header => $"{header.Name}: {header.Value}"))}\n\n{answer.Text}", exception);
        }
    }

    void Compare(XElement said, XElement expected)
    {
        var where = PathOf(expected);
        if (said.Name != expected.Name) throw new InvalidOperationException($"{where}: there is {said.Name}");
        foreach (var attribute in expected.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration))
            Match(said.Attribute(attribute.Name)?.Value ?? throw new InvalidOperationException($"{where} has no {attribute.Name}"), attribute.Value, $"{where} {attribute.Name}");
        if (!expected.HasElements)
        {
            if (expected.Value.Trim() == "*") return;
            if (said.HasElements) throw new InvalidOperationException($"{where} holds {said}");
            Match(said.Value.Trim(), expected.Value.Trim(), where);
            return;
        }

        var (saidMembers, expectedMembers) = (said.Elements().ToList(), expected.Elements().ToList());
        if (saidMembers.Count != expectedMembers.Count)
            throw new InvalidOperationException($"{where} holds {string.Join(' ', saidMembers.Select(member => member.Name.LocalName))} and not {string.Join(' ', expectedMembers.Select(member => member.Name.LocalName))}");
        foreach (var (one, other) in saidMembers.Zip(expectedMembers)) Compare(one, other);
    }

    void Match(string said, string pattern, string what)
    {
        pattern = Fill(pattern);
        var names = new List<string>();
        var expression = Regex.Escape(pattern).Replace("\\*", "[\\s\\S]*", StringComparison.Ordinal);
        expression = Escaped().Replace(expression, match =>
        {
            names.Add(match.Groups[1].Value);
            return $"(?<{match.Groups[1].Value}>.+?)";
        });
        var match = Regex.Match(said, $"^{expression}$", RegexOptions.CultureInvariant);
        if (!match.Success) throw new InvalidOperationException($"{what} is '{said}' and not '{pattern}'");
        foreach (var name in names) _kept[name] = match.Groups[name].Value;
    }

    string Fill(string text) => Kept().Replace(text, match => _kept.TryGetValue(match.Groups[1].Value, out var value) ? value : match.Value);

    static string PathOf(XElement element) => string.Join('/', element.AncestorsAndSelf().Reverse().Select(ancestor => ancestor.Name.LocalName));

    static List<string> Block(string[] lines, ref int number, string prefix)
    {
        var block = new List<string>();
        for (; number < lines.Length && lines[number].StartsWith(prefix, StringComparison.Ordinal); number++) block.Add(lines[number][prefix.Length..] is { Length: > 0 } line ? line[1..] : "");
        return block;
    }

    static (List<string> Head, string? Body) Split(List<string> block)
    {
        var empty = block.IndexOf("");
        return empty < 0 ? (block, null) : (block[..empty], string.Join('\n', block[(empty + 1)..]));
    }

    static string Read(string name)
    {
        var assembly = Assembly.GetExecutingAssembly();
        using var reader = new StreamReader(assembly.GetManifestResourceStream(assembly.GetManifestResourceNames().Single(n => n.EndsWith($".Dav.Transcripts.{name}.txt", StringComparison.Ordinal)))!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    [GeneratedRegex(@"\[\[(\w+)\]\]")]
    private static partial Regex Kept();

    [GeneratedRegex(@"\\\[\\\[(\w+)]]")]
    private static partial Regex Escaped();

    [GeneratedRegex(@"<([\w:-]+)")]
    private static partial Regex Declared();
}

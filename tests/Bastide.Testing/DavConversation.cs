using System.Globalization;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Bastide.Testing;

/// <summary>
/// A conversation with a DAV server as a script, kept as a resource of the test project in its folder <c>Dav/Transcripts</c>.
/// <c>C:</c> lines are a request: its first line, headers, and after an empty one the body. <c>S:</c> lines are the answer: its
/// status, headers that must be there (<c>!Name</c> for one that must not), and after an empty one the body, which is not looked
/// at where there is none in the script; XML is compared as XML. <c>*</c> stands for anything, <c>[[name]]</c> for what is kept
/// under that name the first time and must be the same afterwards. <c>AS bob</c> says who asks from there on, alice at first;
/// <c>SETTLE</c> lets everything arrive that was sent.
/// </summary>
/// <param name="people">The clients, by name.</param>
/// <param name="known">What is known by name from the start.</param>
/// <param name="prefixes">The namespaces that a script may use beside <c>D:</c>, as they stand in a tag.</param>
/// <param name="settle">Does what was left for later, where the module under test leaves anything.</param>
public sealed partial class DavConversation(IReadOnlyDictionary<string, HttpClient> people, IReadOnlyDictionary<string, string> known, string prefixes, Func<Task>? settle = null)
{
    const string Folder = ".Dav.Transcripts.";

    readonly Dictionary<string, string> _kept = new(known);
    string _who = "alice";

    /// <summary>The conversations of a test project.</summary>
    public static IEnumerable<string> NamesOf(Assembly scripts) => scripts.GetManifestResourceNames()
        .Where(name => name.Contains(Folder, StringComparison.Ordinal)).Select(name => name.Split(Folder)[1].Replace(".txt", "", StringComparison.Ordinal));

    /// <summary>Plays one; what goes otherwise is told with its line.</summary>
    public async Task Run(Assembly scripts, string name)
    {
        var lines = Read(scripts, name).Split('\n');
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
                    await Exchange(said, expected);
                }
                else
                {
                    await Step(lines[number++]);
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                throw new InvalidOperationException($"{name}, line {first + 1}: {exception.Message}", exception);
            }
        }
    }

    async Task Step(string line)
    {
        if (line.Length == 0 || line[0] == '#') return;
        if (line == "SETTLE" && settle is not null)
        {
            await settle();
            return;
        }

        if (line.Split(' ') is not ["AS", var who]) throw new InvalidOperationException($"'{line}' is nothing a transcript can say");
        _who = who;
    }

    async Task Exchange(List<string> said, List<string> expected)
    {
        var (head, body) = Split(said.ConvertAll(Fill));
        using var request = RequestOf(head, body);
        using var answer = await people[_who].SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        var (wanted, wantedBody) = Split(expected);
        try
        {
            Match(((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture), wanted[0], "the status");
            foreach (var header in wanted[1..]) CheckHeader(answer, header);
            if (wantedBody is null) return;
            if (wantedBody.StartsWith('<')) Compare(XElement.Parse(text), XElement.Parse(Tag().Replace(wantedBody, $"<$1 xmlns:D=\"DAV:\" {prefixes}", 1)));
            else Match(text.ReplaceLineEndings("\n").TrimEnd(), wantedBody.TrimEnd(), "the body");
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{exception.Message}\n--- answered:\n{(int)answer.StatusCode}\n{answer.Headers}{answer.Content.Headers}\n{text}", exception);
        }
    }

    static HttpRequestMessage RequestOf(List<string> head, string? body)
    {
        var (method, path) = head[0].Split(' ', 2) is [var verb, var address] ? (verb, address) : throw new InvalidOperationException($"'{head[0]}' is no request");
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        if (body is not null) request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        foreach (var header in head[1..])
        {
            var (name, value) = header.Split(": ", 2) is [var n, var v] ? (n, v) : throw new InvalidOperationException($"'{header}' is no header");
            if (name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)) request.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(value);
            else request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    void CheckHeader(HttpResponseMessage answer, string header)
    {
        if (header[0] == '!')
        {
            if (HeaderOf(answer, header[1..]) is { } value) throw new InvalidOperationException($"there is {header[1..]}: {value}");
            return;
        }

        var (name, pattern) = header.Split(": ", 2) is [var n, var p] ? (n, p) : throw new InvalidOperationException($"'{header}' is no header");
        Match(HeaderOf(answer, name) ?? throw new InvalidOperationException($"there is no {name}"), pattern, name);
    }

    static string? HeaderOf(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : null;

    void Compare(XElement said, XElement expected)
    {
        var where = string.Join('/', expected.AncestorsAndSelf().Reverse().Select(ancestor => ancestor.Name.LocalName));
        if (said.Name != expected.Name) throw new InvalidOperationException($"{where}: there is {said.Name}");
        foreach (var attribute in expected.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration))
            Match(said.Attribute(attribute.Name)?.Value ?? throw new InvalidOperationException($"{where} has no {attribute.Name}"), attribute.Value, $"{where} {attribute.Name}");
        if (!expected.HasElements)
        {
            if (expected.Value.Trim() == "*") return;
            if (said.HasElements) throw new InvalidOperationException($"{where} holds {said}");
            Match(said.Value.ReplaceLineEndings("\n").Trim(), expected.Value.ReplaceLineEndings("\n").Trim(), where);
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
        var expression = Escaped().Replace(Regex.Escape(pattern).Replace("\\*", "[\\s\\S]*", StringComparison.Ordinal), match =>
        {
            names.Add(match.Groups[1].Value);
            return $"(?<{match.Groups[1].Value}>.+?)";
        });
        var match = Regex.Match(said, $"^{expression}$", RegexOptions.CultureInvariant);
        if (!match.Success) throw new InvalidOperationException($"{what} is '{said}' and not '{pattern}'");
        foreach (var name in names) _kept[name] = match.Groups[name].Value;
    }

    string Fill(string text) => Kept().Replace(text, match => _kept.TryGetValue(match.Groups[1].Value, out var value) ? value : match.Value);

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

    static string Read(Assembly scripts, string name)
    {
        using var reader = new StreamReader(scripts.GetManifestResourceStream(scripts.GetManifestResourceNames().Single(n => n.EndsWith($"{Folder}{name}.txt", StringComparison.Ordinal)))!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    [GeneratedRegex(@"\[\[(\w+)\]\]")]
    private static partial Regex Kept();

    [GeneratedRegex(@"\\\[\\\[(\w+)]]")]
    private static partial Regex Escaped();

    [GeneratedRegex(@"<([\w:-]+)")]
    private static partial Regex Tag();
}

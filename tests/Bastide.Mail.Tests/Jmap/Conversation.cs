using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Bastide.Testing;

namespace Bastide.Mail.Tests.Jmap;

/// <summary>
/// A conversation with the server as a script. <c>&gt;</c> begins the method calls of a request, <c>&lt;</c> the responses that
/// are expected (see <see cref="Expected"/>), both over as many lines as they need. <c>%name%</c> stands for what was met before;
/// the mailboxes by role (<c>%inbox%</c>), the people (<c>%alice%</c>) and <c>%account%</c> are known from the start. Directives:
/// <list type="bullet">
/// <item><c>@as bob</c>: who speaks from here on;</item>
/// <item><c>@deliver NAME [TIME]</c> and a message up to a line of one dot: it arrives in the inbox;</item>
/// <item><c>@upload NAME TYPE</c> and a content likewise: an upload;</item>
/// <item><c>@give WHO RIGHTS [MAILBOX]</c>: a grant on the speaker's account; <c>@quota OCTETS</c>; <c>@wait SECONDS</c>: the clock; <c>@jobs</c>: what is due runs;</item>
/// <item><c>@using URI…</c>: the capabilities of the next request.</item>
/// </list>
/// </summary>
sealed class Conversation(JmapWorkplace workplace, Dictionary<string, JmapPerson> people)
{
    static readonly string[] Roles = ["inbox", "drafts", "sent", "trash", "junk", "archive"];

    readonly Dictionary<string, string> _names = [];
    JmapPerson _speaker = null!;
    string[]? _capabilities;
    JsonArray? _answer;
    string _request = "";

    public static IEnumerable<string> Names() => Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(n => n.Contains(".Jmap.Conversations.", StringComparison.Ordinal))
        .Select(n => n.Split(".Jmap.Conversations.")[1].Replace(".txt", "", StringComparison.Ordinal));

    public async Task Run(string name)
    {
        foreach (var (who, person) in people) _names[who] = person.Account.ToString();
        await Speak("alice");
        var lines = Read(name);
        for (var i = 0; i < lines.Count;)
        {
            var start = i;
            try
            {
                i = await Step(lines, i);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                throw new InvalidOperationException($"{name}, line {start + 1}: {(exception is InvalidOperationException ? exception.Message : exception)}\nrequest: {_request}");
            }
        }
    }

    async Task<int> Step(List<string> lines, int at)
    {
        var line = lines[at];
        if (line.Length == 0 || line[0] == '#') return at + 1;
        if (line[0] == '@') return await Direct(lines, at);
        var end = at + 1;
        while (end < lines.Count && lines[end].Length > 0 && lines[end][0] is ' ' or '\t') end++;
        var text = string.Join('\n', lines[at..end])[1..];
        if (line[0] == '>') await Send(text);
        else if (line[0] == '<') Check(text);
        else throw new FormatException("a line begins with > < @ # or space");
        return end;
    }

    async Task Send(string text)
    {
        _request = new Expected(_names).Fill(text);
        _answer = await _speaker.Request(JsonNode.Parse(_request)!.AsArray(), _capabilities);
        _capabilities = null;
    }

    void Check(string text)
    {
        var expected = new Expected(_names);
        if (expected.Differs(JsonNode.Parse(text), _answer) is { } difference)
            throw new InvalidOperationException($"{difference}\nanswer: {_answer!.ToJsonString(new JsonSerializerOptions { MaxDepth = 1000, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })}");
    }

    async Task<int> Direct(List<string> lines, int at)
    {
        var words = lines[at].Split(' ');
        switch (words[0])
        {
            case "@as":
                await Speak(words[1]);
                return at + 1;
            case "@give":
                await workplace.Give(_speaker.Account, people[words[1]].Account, Enum.Parse<Rights>(words[2]), words.Length > 3 ? Number(new Expected(_names).Fill(words[3])) : null);
                return at + 1;
            case "@quota":
                await workplace.SetQuota(_speaker.Account, long.Parse(words[1], CultureInfo.InvariantCulture));
                return at + 1;
            case "@wait":
                workplace.Time.Advance(TimeSpan.FromSeconds(double.Parse(words[1], CultureInfo.InvariantCulture)));
                return at + 1;
            case "@jobs":
                await workplace.RunJobs();
                return at + 1;
            case "@using":
                _capabilities = words[1..];
                return at + 1;
            case "@deliver":
                {
                    var (body, end) = Body(lines, at + 1);
                    var time = words.Length > 2 ? DateTimeOffset.Parse(words[2], CultureInfo.InvariantCulture) : (DateTimeOffset?)null;
                    _names[words[1]] = "e" + (await workplace.Deliver(_speaker.Account, body, time)).ToString(CultureInfo.InvariantCulture);
                    return end;
                }

            case "@upload":
                {
                    var (body, end) = Body(lines, at + 1);
                    _names[words[1]] = await _speaker.Upload(body.ReplaceLineEndings("\r\n"), words[2]);
                    return end;
                }

            default:
                throw new FormatException($"there is no directive {words[0]}");
        }
    }

    async Task Speak(string who)
    {
        _speaker = people[who];
        _names["account"] = _speaker.Account.ToString();
        _names["address"] = _speaker.Address;
        var roles = await _speaker.Roles();
        foreach (var role in Roles) _names[role] = roles.GetValueOrDefault(role, "m0");
    }

    static (string Body, int End) Body(List<string> lines, int at)
    {
        var end = lines.IndexOf(".", at);
        return (string.Concat(lines[at..end].Select(line => line + "\n")), end + 1);
    }

    static long Number(string id) => long.Parse(id.AsSpan(1), CultureInfo.InvariantCulture);

    static List<string> Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Bastide.Mail.Tests.Jmap.Conversations.{name}.txt")
            ?? throw new FileNotFoundException(name);
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n')];
    }
}

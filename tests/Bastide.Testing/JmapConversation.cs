using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bastide.Testing;

/// <summary>
/// A conversation with the server as a script, kept as a resource of the test project. <c>&gt;</c> begins the method calls of a
/// request, <c>&lt;</c> the responses that are expected (see <see cref="Expected"/>), both over as many lines as they need.
/// <c>%name%</c> stands for what was met before; the people (<c>%alice%</c>), <c>%account%</c> and <c>%address%</c> are known
/// from the start. Directives, beside those of the module under test:
/// <list type="bullet">
/// <item><c>@as bob</c>: who speaks from here on;</item>
/// <item><c>@upload NAME TYPE</c> and a content up to a line of one dot: an upload;</item>
/// <item><c>@using URI…</c>: the capabilities of the next request.</item>
/// </list>
/// </summary>
public abstract class JmapConversation<TSpeaker>(IReadOnlyDictionary<string, TSpeaker> people, Assembly scripts)
    where TSpeaker : JmapSpeaker
{
    static readonly JsonSerializerOptions Readable = new() { MaxDepth = 1000, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    string[]? _capabilities;
    JsonArray? _answer;
    string _request = "";

    protected Dictionary<string, string> Names { get; } = [];

    protected TSpeaker Speaker { get; private set; } = null!;

    public async Task Run(string name)
    {
        foreach (var (who, person) in people) Names[who] = person.Account.ToString();
        await Speak("alice");
        var lines = ConversationScripts.Read(scripts, name);
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

    /// <summary>A directive of the module under test: the line after it and its body.</summary>
    protected abstract Task<int> Direct(string[] words, List<string> lines, int at);

    /// <summary>What is known by name of whoever speaks.</summary>
    protected virtual Task Introduce(TSpeaker speaker) => Task.CompletedTask;

    protected string Fill(string text) => new Expected(Names).Fill(text);

    protected TSpeaker PersonOf(string name) => people[name];

    protected static (string Body, int End) Body(List<string> lines, int at)
    {
        var end = lines.IndexOf(".", at);
        return (string.Concat(lines[at..end].Select(line => line + "\n")), end + 1);
    }

    /// <summary>The number in an id of one letter and a number.</summary>
    protected static long Number(string id) => long.Parse(id.AsSpan(1), CultureInfo.InvariantCulture);

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
        _request = Fill(text);
        _answer = await Speaker.Request(JsonNode.Parse(_request)!.AsArray(), _capabilities);
        _capabilities = null;
    }

    void Check(string text)
    {
        if (new Expected(Names).Differs(JsonNode.Parse(text), _answer) is { } difference)
            throw new InvalidOperationException($"{difference}\nanswer: {_answer!.ToJsonString(Readable)}");
    }

    async Task<int> Direct(List<string> lines, int at)
    {
        var words = lines[at].Split(' ');
        switch (words[0])
        {
            case "@as":
                await Speak(words[1]);
                return at + 1;
            case "@using":
                _capabilities = words[1..];
                return at + 1;
            case "@upload":
                var (body, end) = Body(lines, at + 1);
                Names[words[1]] = await Speaker.Upload(Fill(body).ReplaceLineEndings("\r\n"), words[2]);
                return end;
            default:
                return await Direct(words, lines, at);
        }
    }

    async Task Speak(string who)
    {
        Speaker = people[who];
        Names["account"] = Speaker.Account.ToString();
        Names["address"] = Speaker.Address;
        await Introduce(Speaker);
    }
}

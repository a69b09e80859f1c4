using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Bastide.Abstractions.Identity;
using Bastide.Mail.Tests.Smtp;
using Bastide.Testing;

namespace Bastide.Mail.Tests.Imap;

/// <summary>
/// A conversation as a script. <c>C:</c> is a line the client says, CR LF being added; <c>S:</c> a line the server answers,
/// <c>*</c> standing for anything; <c>S~</c> lines that do not matter here, then this one; <c>C!</c> octets said as they
/// are, with <c>\r \n \0 \xff \\</c> and <c>{x*1000}</c> for repetition. <c>{=name}</c> is what the server said there the first
/// time, the same from then on. <c>C2:</c>, <c>S2:</c>, <c>C3:</c> and so on are further connections. <c>ON imap|imaps</c>
/// connects, <c>SIGNIN alice</c> connects and signs in (<c>SIGNIN2</c> the second), <c>TLS</c> is the handshake,
/// <c>DEFLATE</c> begins to compress, <c>HANGUP</c> is the client going away, <c>CLOSED</c> the server having closed.
/// <c>GIVE alice 3</c> delivers messages, counted from 1; <c>MESSAGE alice name</c> the message <c>Messages/name.eml</c>;
/// <c>LATER 30</c> lets so many minutes pass; <c>DIFFER one two</c> wants what the server said there to be different.
/// </summary>
sealed partial class ImapTranscript(MailWorkplace workplace) : IAsyncDisposable
{
    readonly Dictionary<string, SmtpPeer> _peers = [];
    readonly Dictionary<string, int> _given = [];
    readonly Dictionary<string, string> _known = [];

    public static IEnumerable<string> Names() => Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(n => n.Contains(".Imap.Transcripts.", StringComparison.Ordinal))
        .Select(n => n.Split(".Imap.Transcripts.")[1].Replace(".txt", "", StringComparison.Ordinal));

    /// <summary>Holds a conversation of <c>Transcripts/</c>, or of another folder.</summary>
    public static async Task Run(string name, MailWorkplace workplace, string folder = "Transcripts")
    {
        await using var transcript = new ImapTranscript(workplace);
        var number = 0;
        foreach (var line in Read($".Imap.{folder}.{name}.txt").Split('\n'))
        {
            number++;
            if (line.Length == 0 || line[0] == '#') continue;
            try
            {
                await transcript.Step(line);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                throw new InvalidOperationException($"{name}, line {number}: {exception.Message}", exception);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var peer in _peers.Values) await peer.DisposeAsync();
    }

    async Task Step(string line)
    {
        var (verb, rest) = line.Split(' ', 2) is [var first, var second] ? (first, second) : (line, "");
        var connection = verb.FirstOrDefault(char.IsAsciiDigit) is var digit and not '\0' ? $"{digit}" : "1";
        switch (string.Concat(verb.Where(c => !char.IsAsciiDigit(c))))
        {
            case "ON":
                await Connect(connection, rest);
                break;
            case "SIGNIN":
                await Connect(connection, "imap");
                await Expect(connection, "* OK *");
                await _peers[connection].Send($"in LOGIN {rest}@{TestSettings.Domain} {FakeSignIn.Password}\r\n");
                await Expect(connection, "in OK *");
                break;
            case "C:":
                await _peers[connection].Send(Remembered(rest) + "\r\n");
                break;
            case "C!":
                await _peers[connection].Send(Unescape(Remembered(rest)));
                break;
            case "S:":
                await Expect(connection, rest);
                break;
            case "S~":
                while (!Matches(await Hear(connection, rest), rest))
                {
                }

                break;
            case "TLS":
                await _peers[connection].StartTls();
                break;
            case "DEFLATE":
                _peers[connection].StartDeflate();
                break;
            case "LATER":
                workplace.Time.Advance(TimeSpan.FromMinutes(int.Parse(rest, CultureInfo.InvariantCulture)));
                break;
            case "HANGUP":
                _peers[connection].HangUp();
                break;
            case "CLOSED":
                if (await _peers[connection].ReadLine() is { } more) throw new InvalidOperationException($"the server said '{more}' and did not close");
                break;
            case "GIVE":
                var (name, count) = rest.Split(' ') is [var who, var many] ? (who, int.Parse(many, CultureInfo.InvariantCulture)) : (rest, 1);
                await workplace.Give(await Person(name), _given.GetValueOrDefault(name) + 1, count);
                _given[name] = _given.GetValueOrDefault(name) + count;
                break;
            case "MESSAGE":
                var (to, file) = (rest.Split(' ')[0], rest.Split(' ')[1]);
                await workplace.GiveText(await Person(to), Read($".Imap.Messages.{file}.eml"));
                break;
            case "DIFFER":
                if (rest.Split(' ').GroupBy(name => _known[name]).FirstOrDefault(same => same.Count() > 1) is { } alike)
                    throw new InvalidOperationException($"{string.Join(" and ", alike)} are both {alike.Key}");
                break;
            default:
                throw new InvalidOperationException($"'{verb}' is nothing a transcript can say");
        }
    }

    async Task Connect(string connection, string listener)
    {
        if (_peers.Remove(connection, out var before)) await before.DisposeAsync();
        _peers[connection] = await SmtpPeer.Connect(listener == "imaps" ? workplace.Imaps : workplace.Imap);
    }

    async Task Expect(string connection, string pattern)
    {
        var said = await Hear(connection, pattern);
        if (!Matches(said, pattern)) throw new InvalidOperationException($"the server said '{said}' and not '{Remembered(pattern)}'");
    }

    async Task<string> Hear(string connection, string pattern) =>
        await _peers[connection].ReadLine() ?? throw new IOException($"the server hung up and did not say '{pattern}'");

    bool Matches(string said, string pattern)
    {
        var expression = Regex.Escape(Remembered(pattern)).Replace("\\*", ".*", StringComparison.Ordinal);
        expression = Escaped().Replace(expression, match => $"(?<{match.Groups[1].Value}>[^ ()\\[\\]]+)");
        var match = Regex.Match(said, $"^{expression}$", RegexOptions.CultureInvariant);
        foreach (Group group in match.Groups)
            if (group.Name != "0")
                _known[group.Name] = group.Value;
        return match.Success;
    }

    /// <summary>The line with what the server said before.</summary>
    string Remembered(string line) => Name().Replace(line, match => _known.GetValueOrDefault(match.Groups[1].Value, match.Value));

    async Task<DirectoryEntry> Person(string name) =>
        await workplace.Directory.Find($"{name}@{TestSettings.Domain}", CancellationToken.None) ?? throw new InvalidOperationException($"there is no {name}");

    static byte[] Unescape(string text)
    {
        text = Repetition().Replace(text, match => string.Concat(Enumerable.Repeat(match.Groups[1].Value, int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture))));
        var octets = new List<byte>();
        var at = 0;
        foreach (Match escape in Escape().Matches(text))
        {
            octets.AddRange(Encoding.UTF8.GetBytes(text[at..escape.Index]));
            if (escape.Groups[2].Success) octets.Add(byte.Parse(escape.Groups[2].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            else octets.AddRange(Encoding.UTF8.GetBytes(escape.Groups[1].Value switch { "r" => "\r", "n" => "\n", "t" => "\t", "0" => "\0", var other => other }));
            at = escape.Index + escape.Length;
        }

        octets.AddRange(Encoding.UTF8.GetBytes(text[at..]));
        return [.. octets];
    }

    static string Read(string ending)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var resource = assembly.GetManifestResourceNames().Single(n => n.EndsWith(ending, StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    [GeneratedRegex(@"\{([^{}]+)\*(\d+)\}")]
    private static partial Regex Repetition();

    [GeneratedRegex(@"\\(x(..)|.)")]
    private static partial Regex Escape();

    [GeneratedRegex(@"\{=(\w+)\}")]
    private static partial Regex Name();

    [GeneratedRegex(@"\\\{=(\w+)\}")]
    private static partial Regex Escaped();
}

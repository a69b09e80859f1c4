using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Bastide.Abstractions.Identity;
using Bastide.Mail.Tests.Smtp;
using Bastide.Testing;

namespace Bastide.Mail.Tests.Imap;

/// <summary>
/// A conversation as a script. <c>C:</c> is a line the client says, CR LF being added; <c>S:</c> a line the server answers,
/// <c>*</c> standing for anything; <c>C!</c> octets said as they are, with <c>\r \n \0 \\</c> and <c>{x*1000}</c> for
/// repetition; <c>C2:</c>, <c>S2:</c> and <c>C2!</c> the same on a second connection. <c>ON imap|imaps</c> connects,
/// <c>SIGNIN alice</c> connects and signs in (<c>SIGNIN2</c> the second), <c>TLS</c> is the handshake, <c>HANGUP</c> the
/// client going away, <c>CLOSED</c> the server having closed. <c>GIVE alice 3</c> delivers messages, counted from 1;
/// <c>MESSAGE alice name</c> the message <c>Messages/name.eml</c>.
/// </summary>
sealed partial class ImapTranscript(MailWorkplace workplace) : IAsyncDisposable
{
    readonly Dictionary<string, SmtpPeer> _peers = [];
    readonly Dictionary<string, int> _given = [];

    public static IEnumerable<string> Names() => Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(n => n.Contains(".Imap.Transcripts.", StringComparison.Ordinal))
        .Select(n => n.Split(".Imap.Transcripts.")[1].Replace(".txt", "", StringComparison.Ordinal));

    public static async Task Run(string name, MailWorkplace workplace)
    {
        await using var transcript = new ImapTranscript(workplace);
        var number = 0;
        foreach (var line in Read($".Imap.Transcripts.{name}.txt").Split('\n'))
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
        var connection = verb.Contains('2', StringComparison.Ordinal) ? "2" : "1";
        switch (verb.Replace("2", "", StringComparison.Ordinal))
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
                await _peers[connection].Send(rest + "\r\n");
                break;
            case "C!":
                await _peers[connection].Send(Unescape(rest));
                break;
            case "S:":
                await Expect(connection, rest);
                break;
            case "TLS":
                await _peers[connection].StartTls();
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
        var said = await _peers[connection].ReadLine() ?? throw new IOException($"the server hung up and did not say '{pattern}'");
        if (!Regex.IsMatch(said, "^" + Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal) + "$", RegexOptions.CultureInvariant))
            throw new InvalidOperationException($"the server said '{said}' and not '{pattern}'");
    }

    async Task<DirectoryEntry> Person(string name) =>
        await workplace.Directory.Find($"{name}@{TestSettings.Domain}", CancellationToken.None) ?? throw new InvalidOperationException($"there is no {name}");

    static string Unescape(string text)
    {
        text = Repetition().Replace(text, match => string.Concat(Enumerable.Repeat(match.Groups[1].Value, int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture))));
        return Escape().Replace(text, match => match.Groups[1].Value switch { "r" => "\r", "n" => "\n", "t" => "\t", "0" => "\0", var other => other });
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

    [GeneratedRegex(@"\\(.)")]
    private static partial Regex Escape();
}

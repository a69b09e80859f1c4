using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using Bastide.Testing;

namespace Bastide.Mail.Tests.Smtp;

/// <summary>
/// A conversation as a script. <c>C:</c> is a line the client says, CR LF being added; <c>S:</c> a line the server
/// answers, <c>*</c> standing for anything; <c>C!</c> octets said as they are, with <c>\r \n \0 \\</c> and
/// <c>{x*1000}</c> for repetition; <c>TLS</c> the handshake; <c>HANGUP</c> the client going away; <c>CLOSED</c> the server having closed;
/// <c>ON transfer|submission|tls</c> a new connection; <c>MAIL alice 2</c> how many messages someone has, <c>HAS alice text</c>
/// and <c>LACKS alice text</c> what the last of them holds.
/// </summary>
static partial class Transcript
{
    public static IEnumerable<string> Names() => Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(n => n.Contains(".Smtp.Transcripts.", StringComparison.Ordinal))
        .Select(n => n.Split(".Smtp.Transcripts.")[1].Replace(".txt", "", StringComparison.Ordinal));

    public static async Task Run(string name, MailWorkplace workplace)
    {
        SmtpPeer? peer = null;
        var number = 0;
        try
        {
            foreach (var line in Read(name))
            {
                number++;
                if (line.Length == 0 || line[0] == '#') continue;
                peer = await Step(line, peer, workplace);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new InvalidOperationException($"{name}, line {number}: {exception.Message}", exception);
        }
        finally
        {
            if (peer is not null) await peer.DisposeAsync();
        }
    }

    static async Task<SmtpPeer?> Step(string line, SmtpPeer? peer, MailWorkplace workplace)
    {
        var (verb, rest) = line.Split(' ', 2) is [var first, var second] ? (first, second) : (line, "");
        switch (verb)
        {
            case "ON":
                if (peer is not null) await peer.DisposeAsync();
                return await SmtpPeer.Connect(Endpoint(rest, workplace));
            case "C:":
                await peer!.Send(rest + "\r\n");
                break;
            case "C!":
                await peer!.Send(Unescape(rest));
                break;
            case "S:":
                var said = await peer!.ReadLine() ?? throw new IOException("the server hung up");
                if (!Matches(said, rest)) throw new InvalidOperationException($"the server said '{said}' and not '{rest}'");
                break;
            case "TLS":
                await peer!.StartTls();
                break;
            case "HANGUP":
                peer!.HangUp();
                break;
            case "CLOSED":
                if (await peer!.ReadLine() is { } more) throw new InvalidOperationException($"the server said '{more}' and did not close");
                break;
            default:
                await Look(verb, rest, workplace);
                break;
        }

        return peer;
    }

    static async Task Look(string verb, string rest, MailWorkplace workplace)
    {
        var words = rest.Split(' ', 2);
        var person = await workplace.Directory.Find($"{words[0]}@{TestSettings.Domain}", CancellationToken.None);
        var messages = await workplace.Messages(person!);
        var isSo = verb switch
        {
            "MAIL" => messages.Count == int.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture),
            "HAS" => messages[^1].Contains(Unescape(words[1]), StringComparison.Ordinal),
            "LACKS" => !messages[^1].Contains(Unescape(words[1]), StringComparison.Ordinal),
            _ => throw new InvalidOperationException($"'{verb}' is nothing a transcript can say"),
        };
        if (!isSo) throw new InvalidOperationException($"{verb} {rest} does not hold: {messages.Count} messages, the last: {(messages.Count == 0 ? "none" : messages[^1])}");
    }

    static IPEndPoint Endpoint(string name, MailWorkplace workplace) => name switch
    {
        "transfer" => workplace.Transfer,
        "submission" => workplace.Submission,
        "tls" => workplace.ImplicitTls,
        _ => throw new InvalidOperationException($"there is no listener {name}"),
    };

    static bool Matches(string said, string pattern) =>
        Regex.IsMatch(said, "^" + Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal) + "$", RegexOptions.CultureInvariant);

    static string Unescape(string text)
    {
        text = Repetition().Replace(text, match => string.Concat(Enumerable.Repeat(match.Groups[1].Value, int.Parse(match.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture))));
        return Escape().Replace(text, match => match.Groups[1].Value switch { "r" => "\r", "n" => "\n", "t" => "\t", "0" => "\0", var other => other });
    }

    static string[] Read(string name)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var resource = assembly.GetManifestResourceNames().Single(n => n.EndsWith($".Smtp.Transcripts.{name}.txt", StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n").Split('\n');
    }

    [GeneratedRegex(@"\{([^{}]+)\*(\d+)\}")]
    private static partial Regex Repetition();

    [GeneratedRegex(@"\\(.)")]
    private static partial Regex Escape();
}

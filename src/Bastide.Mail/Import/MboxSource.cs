using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Bastide.Mail.Import;

/// <summary>
/// Reads mbox files (RFC 4155, mboxrd and what is like it). A message begins at a <c>From </c> line with a date, at the
/// beginning or behind an empty line; quoted <c>&gt;From </c> lines lose one sign.
/// </summary>
static partial class MboxSource
{
    static readonly string[] Dates =
    [
        "ddd MMM d HH:mm:ss yyyy", "ddd MMM d HH:mm:ss zzz yyyy", "ddd MMM d HH:mm:ss yyyy zzz", "ddd MMM d HH:mm yyyy", "ddd, d MMM yyyy HH:mm:ss zzz",
    ];

    /// <summary>The files of a path with the mailbox each is for.</summary>
    public static IEnumerable<(string File, IReadOnlyList<string> Mailbox)> Files(string path)
    {
        if (File.Exists(path)) return [(path, [Name(path)])];
        return FileSources.Below(path)
            .Where(file => Path.GetFileName(file) is var name && name[0] != '.' && !name.EndsWith(".msf", StringComparison.OrdinalIgnoreCase) && BeginsWithFrom(file))
            .Order(StringComparer.Ordinal)
            .Select(file => (file, (IReadOnlyList<string>)[.. Path.GetRelativePath(path, file).Split(Path.DirectorySeparatorChar).Select(Name)]));
    }

    /// <summary>The messages of one file.</summary>
    public static async IAsyncEnumerable<ImportedMessage> Read(string file, IReadOnlyList<string> mailbox, Action<long> position, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var stream = new FileStream(file, new FileStreamOptions { Mode = FileMode.Open, Share = FileShare.ReadWrite, Options = FileOptions.Asynchronous | FileOptions.SequentialScan, BufferSize = 0 });
        using var reader = new LineReader(stream);
        await using var spool = new Spool();
        var isFirst = true;
        var begun = false;
        var isLineStart = true;
        var afterEmpty = true;
        DateTimeOffset? at = null;
        while (await reader.Next(cancellation) is { IsEmpty: false } line)
        {
            // A very long line comes in pieces: only the first begins a line.
            var beginsLine = isLineStart;
            isLineStart = line.Span[^1] == '\n';
            if (beginsLine && afterEmpty && IsFromLine(line.Span, isFirst))
            {
                if (begun)
                {
                    yield return Finish(spool, mailbox, at);
                    position(reader.Position);
                }

                at = DateOf(line.Span);
                (begun, isFirst) = (true, false);
                afterEmpty = false;
                continue;
            }

            afterEmpty = beginsLine && line.Span is [(byte)'\n'] or [(byte)'\r', (byte)'\n'];
            if (!begun) continue;
            await spool.WriteLine(beginsLine && IsQuotedFrom(line.Span) ? line[1..] : line, cancellation);
        }

        if (begun) yield return Finish(spool, mailbox, at);
        position(reader.Position);
    }

    static ImportedMessage Finish(Spool spool, IReadOnlyList<string> mailbox, DateTimeOffset? at)
    {
        spool.RemoveEmptyLine();
        var content = spool.Take();
        var (keywords, labelled) = ImportedFlags.FromHeader(content);
        return new ImportedMessage(content, labelled ?? mailbox, at, keywords);
    }

    static bool IsFromLine(ReadOnlySpan<byte> line, bool isFirst) =>
        line.StartsWith("From "u8) && line.Length < 1000 && (isFirst || Year().IsMatch(Encoding.Latin1.GetString(line)));

    static bool IsQuotedFrom(ReadOnlySpan<byte> line) => line[0] == '>' && line.TrimStart((byte)'>').StartsWith("From "u8);

    static DateTimeOffset? DateOf(ReadOnlySpan<byte> line)
    {
        var words = Encoding.Latin1.GetString(line).Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        // The address may hold spaces; the date is what stands at the end.
        for (var i = 1; i < Math.Min(words.Length, 6); i++)
        {
            var rest = string.Join(' ', words[i..]);
            if (DateTimeOffset.TryParseExact(rest, Dates, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out var date)) return date;
        }

        return null;
    }

    static bool BeginsWithFrom(string file)
    {
        using var stream = File.OpenRead(file);
        var head = new byte[5];
        return stream.ReadAtLeast(head, 5, throwOnEndOfStream: false) == 5 && head.AsSpan().SequenceEqual("From "u8);
    }

    static string Name(string path)
    {
        var name = Path.GetFileName(path.TrimEnd(Path.DirectorySeparatorChar));
        foreach (var end in new[] { ".mbox.txt", ".mbox", ".mbx", ".sbd", ".txt" })
            if (name.Length > end.Length && name.EndsWith(end, StringComparison.OrdinalIgnoreCase))
                return name[..^end.Length];
        return name;
    }

    [GeneratedRegex(@"\b(19|20)\d\d\b", RegexOptions.CultureInvariant)]
    private static partial Regex Year();
}

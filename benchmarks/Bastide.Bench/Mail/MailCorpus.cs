using System.Globalization;
using System.Text;

namespace Bastide.Bench.Mail;

/// <summary>
/// Writes the same mbox each time: conversations of unequal length between unequally busy people, words as unevenly
/// frequent as those of a language (Zipf), text alone or with HTML, and now and then an attachment.
/// </summary>
sealed class MailCorpus(int messages)
{
    const int Vocabulary = 40_000;
    const int People = 3_000;
    const int MostInThread = 30;

    static readonly DateTimeOffset First = new(2021, 1, 4, 8, 0, 0, TimeSpan.Zero);
    static readonly string[] Syllables = ["ba", "sti", "de", "ro", "cha", "lu", "men", "tor", "vi", "ne", "sa", "pré", "qui", "fon", "gra", "zel"];

    readonly Random _random = new(20260302);
    readonly double[] _words = Weights(Vocabulary);
    readonly double[] _people = Weights(People);
    readonly List<(string Id, string Subject, int Length)> _open = [];

    /// <summary>A word of a rank; rank 0 is the most common one.</summary>
    public static string Word(int rank)
    {
        var word = new StringBuilder();
        for (var rest = rank + Syllables.Length; rest > 0; rest /= Syllables.Length) word.Append(Syllables[rest % Syllables.Length]);
        return word.ToString();
    }

    /// <summary>Writes all of them, from the oldest.</summary>
    public async Task Write(string path, CancellationToken cancellation)
    {
        await using var file = new StreamWriter(path, append: false, new UTF8Encoding(false), bufferSize: 1 << 20) { NewLine = "\n" };
        for (var i = 0; i < messages; i++) await file.WriteAsync(Message(i).AsMemory(), cancellation);
    }

    string Message(int number)
    {
        var at = First.AddMinutes(25.0 * number + _random.Next(20));
        var id = string.Create(CultureInfo.InvariantCulture, $"<{number}.corpus@example.org>");
        var (subject, reference) = Thread(id);
        var person = Pick(_people);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"From person{person}@example.org {at:ddd MMM d HH:mm:ss yyyy}\nFrom: {Word(person)} {Word(person + 7)} <person{person}@example.org>\nTo: Alice <alice@demo.localhost>\n");
        if (_random.Next(4) == 0) text.Append(CultureInfo.InvariantCulture, $"Cc: person{Pick(_people)}@example.org\n");
        text.Append(CultureInfo.InvariantCulture, $"Subject: {subject}\nDate: {at:r}\nMessage-ID: {id}\n");
        if (reference is not null) text.Append(CultureInfo.InvariantCulture, $"In-Reply-To: {reference}\nReferences: {reference}\n");
        if (_random.Next(10) > 0) text.Append("Status: RO\n");
        text.Append("MIME-Version: 1.0\n");
        Body(text, number);
        return text.Append('\n').ToString();
    }

    (string Subject, string? Reference) Thread(string id)
    {
        if (_open.Count > 0 && _random.Next(2) == 0)
        {
            var at = _random.Next(_open.Count);
            var (root, subject, length) = _open[at];
            if (length + 1 >= MostInThread) _open.RemoveAt(at);
            else _open[at] = (root, subject, length + 1);
            return ("Re: " + subject, root);
        }

        var fresh = Text(3 + _random.Next(6));
        _open.Add((id, fresh, 1));
        if (_open.Count > 200) _open.RemoveAt(_random.Next(_open.Count));
        return (fresh, null);
    }

    void Body(StringBuilder to, int number)
    {
        var paragraphs = Enumerable.Range(0, 1 + _random.Next(6)).Select(_ => Text(20 + _random.Next(80))).ToList();
        var plain = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n" + string.Join("\n\n", paragraphs) + "\n";
        var kind = _random.Next(20);
        if (kind < 8)
        {
            to.Append(plain);
            return;
        }

        var second = kind < 18
            ? "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n<html><body>" + string.Concat(paragraphs.Select(p => $"<p style=\"color:#333\">{p}</p>\n")) + "</body></html>\n"
            : string.Create(CultureInfo.InvariantCulture, $"Content-Type: application/pdf; name=\"{Word(Pick(_words))}-{number}.pdf\"\nContent-Disposition: attachment; filename=\"{Word(Pick(_words))}-{number}.pdf\"\nContent-Transfer-Encoding: base64\n\n{Convert.ToBase64String(Octets(), Base64FormattingOptions.InsertLineBreaks).ReplaceLineEndings("\n")}\n");
        to.Append(CultureInfo.InvariantCulture, $"Content-Type: multipart/{(kind < 18 ? "alternative" : "mixed")}; boundary=\"b{number}\"\n\n--b{number}\n{plain}--b{number}\n{second}--b{number}--\n");
    }

    byte[] Octets()
    {
        var octets = new byte[4_000 + _random.Next(20_000)];
        _random.NextBytes(octets);
        return octets;
    }

    string Text(int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => Word(Pick(_words))));

    int Pick(double[] cumulative)
    {
        var at = Array.BinarySearch(cumulative, _random.NextDouble() * cumulative[^1]);
        return at < 0 ? ~at : at;
    }

    static double[] Weights(int count)
    {
        var cumulative = new double[count];
        var sum = 0.0;
        for (var i = 0; i < count; i++) cumulative[i] = sum += 1.0 / (i + 3);
        return cumulative;
    }
}

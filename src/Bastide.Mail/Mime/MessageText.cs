using System.Text;

namespace Bastide.Mail.Mime;

/// <summary>What the bodies of a message say, without mark-up: what the search index holds and snippets are cut from.</summary>
public static class MessageText
{
    /// <summary>The most characters.</summary>
    public const int Most = 256 * 1024;

    const int MostOctets = 1024 * 1024;

    /// <summary>The text of the bodies a reader shows; the plain text where there is one beside the HTML.</summary>
    public static async ValueTask<string> Read(Stream message, BodyPart structure, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        foreach (var part in structure.Bodies().TextBody.Where(part => part.Type is "text/plain" or "text/html"))
        {
            var (octets, _) = await BodyValue.ReadHead(message, part, MostOctets, cancellation);
            var (decoded, _) = Charsets.Decode(octets.Span, part.Charset);
            var plain = part.Type == "text/html" ? HtmlText.Of(decoded, Most - text.Length) : decoded;
            text.Append(MimeBounds.Head(plain, Most - text.Length));
            if (text.Length >= Most) break;
            text.Append('\n');
        }

        return text.Replace("\0", "").ToString();
    }
}

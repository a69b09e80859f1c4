using System.Text.Json;
using MimeKit;
using MimeKit.Utils;

namespace Bastide.Demo;

/// <summary>Writes the messages of a demo conversation as they would have come by mail, oldest first.</summary>
static class DemoLetters
{
    /// <summary>The people of the demo, by local part.</summary>
    public static IReadOnlyDictionary<string, string> People { get; } = new Dictionary<string, string>
    {
        ["alice"] = "Alice Fabre",
        ["bob"] = "Bob Étienne",
        ["chloe"] = "Chloé Nguyen",
    };

    /// <summary>The team of the demo: its local part and name.</summary>
    public static (string Local, string Name) Team => ("urbanisme", "Team Urbanisme");

    /// <summary>Each message with when it came; answers carry References, and go to everyone else in the conversation.</summary>
    public static IEnumerable<(MimeMessage Message, DemoMessage Source, DateTimeOffset At)> Write(DemoConversation conversation, string domain, DateTimeOffset now)
    {
        var references = new List<string>();
        var known = conversation.To.Select(local => Address(local, domain)).ToList();
        foreach (var source in conversation.Messages)
        {
            var from = From(source.From, domain);
            if (known.TrueForAll(k => k.Address != from.Address)) known.Add(from);
            var at = now - TimeSpan.FromHours(source.HoursAgo);
            var message = new MimeMessage
            {
                Date = at,
                MessageId = MimeUtils.GenerateMessageId(from.Domain),
                Subject = references.Count == 0 ? conversation.Subject : "Re: " + conversation.Subject,
                Body = Body(source, conversation.Subject),
            };
            message.From.Add(from);
            message.To.AddRange(known.Where(k => k.Address != from.Address));
            if (references.Count > 0)
            {
                message.InReplyTo = references[^1];
                message.References.AddRange(references);
            }

            if (source.List is { } unsubscribe)
            {
                message.Headers.Add(HeaderId.ListUnsubscribe, $"<{unsubscribe}>");
                message.Headers.Add(HeaderId.ListUnsubscribePost, "List-Unsubscribe=One-Click");
            }

            references.Add(message.MessageId);
            yield return (message, source, at);
        }
    }

    static MailboxAddress From(JsonElement from, string domain) => from.ValueKind == JsonValueKind.String
        ? Address(from.GetString()!, domain)
        : new MailboxAddress(from.GetProperty("name").GetString(), from.GetProperty("address").GetString()!);

    static MailboxAddress Address(string local, string domain) =>
        new(People.TryGetValue(local, out var name) ? name : Team.Name, $"{local}@{domain}");

    static MimeEntity Body(DemoMessage source, string subject)
    {
        var body = new BodyBuilder { TextBody = source.Text, HtmlBody = source.Html };
        foreach (var name in source.Attachments)
        {
            var (content, type) = DemoFiles.Make(name, subject);
            body.Attachments.Add(name, content, ContentType.Parse(type));
        }

        return body.ToMessageBody();
    }
}

using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary>The properties asked of each Email, what they need, and how they are written. RFC 8621 §4.1.</summary>
sealed class EmailProperties
{
    /// <summary>The property of the extension <c>urn:bastide:jmap:safe-html</c>.</summary>
    public const string SafeHtml = "safeHtml";

    static readonly FrozenDictionary<string, Property> Known = new Dictionary<string, Property>
    {
        ["id"] = new(EmailNeeds.None, (e, _) => WireId.Email.Write(e.Stored?.Id)),
        ["blobId"] = new(EmailNeeds.None, (e, _) => e.Blob.ToString()),
        ["threadId"] = new(EmailNeeds.None, (e, _) => WireId.Thread.Write(e.Stored?.ThreadId)),
        ["mailboxIds"] = new(EmailNeeds.None, (e, _) => Set(e.Stored?.MailboxIds.Select(WireId.Mailbox.Write))),
        ["keywords"] = new(EmailNeeds.None, (e, _) => Set(e.Stored?.Keywords)),
        ["size"] = new(EmailNeeds.None, (e, _) => e.Size),
        ["receivedAt"] = new(EmailNeeds.None, (e, _) => e.Stored is { } stored ? JmapDates.WriteUtc(stored.ReceivedAt) : null),
        ["messageId"] = new(EmailNeeds.None, (e, _) => JsonValues.Texts(e.Header.MessageId)),
        ["inReplyTo"] = new(EmailNeeds.None, (e, _) => JsonValues.Texts(e.Header.InReplyTo)),
        ["references"] = new(EmailNeeds.None, (e, _) => JsonValues.Texts(e.Header.References)),
        ["sender"] = new(EmailNeeds.None, (e, _) => HeaderValues.Addresses(e.Header.Sender)),
        ["from"] = new(EmailNeeds.None, (e, _) => HeaderValues.Addresses(e.Header.From)),
        ["to"] = new(EmailNeeds.None, (e, _) => HeaderValues.Addresses(e.Header.To)),
        ["cc"] = new(EmailNeeds.None, (e, _) => HeaderValues.Addresses(e.Header.Cc)),
        ["bcc"] = new(EmailNeeds.None, (e, _) => HeaderValues.Addresses(e.Header.Bcc)),
        ["replyTo"] = new(EmailNeeds.None, (e, _) => HeaderValues.Addresses(e.Header.ReplyTo)),
        ["subject"] = new(EmailNeeds.None, (e, _) => e.Header.Subject),
        ["sentAt"] = new(EmailNeeds.None, (e, _) => e.Header.SentAt is { } date ? JmapDates.Write(date) : null),
        ["hasAttachment"] = new(EmailNeeds.None, (e, _) => e.HasAttachment),
        ["preview"] = new(EmailNeeds.None, (e, _) => e.Preview),
        ["headers"] = new(EmailNeeds.Fields, (e, _) => HeaderValues.All(e.Fields)),
        ["bodyStructure"] = new(EmailNeeds.Structure, (e, parts) => parts.WriteTree(e.RequiredStructure, e.PartFields)),
        ["textBody"] = new(EmailNeeds.Structure, (e, parts) => parts.Write(e.Bodies.TextBody, e.PartFields)),
        ["htmlBody"] = new(EmailNeeds.Structure, (e, parts) => parts.Write(e.Bodies.HtmlBody, e.PartFields)),
        ["attachments"] = new(EmailNeeds.Structure, (e, parts) => parts.Write(e.Bodies.Attachments, e.PartFields)),
        ["bodyValues"] = new(EmailNeeds.None, (e, _) => e.WriteValues()),
        [SafeHtml] = new(EmailNeeds.SafeHtml, (e, _) => e.SafeHtml),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    static readonly string[] DefaultOfParse =
    [
        "messageId", "inReplyTo", "references", "sender", "from", "to", "cc", "bcc", "replyTo", "subject", "sentAt",
        "hasAttachment", "preview", "bodyValues", "textBody", "htmlBody", "attachments",
    ];

    static readonly string[] DefaultOfGet = ["id", "blobId", "threadId", "mailboxIds", "keywords", "size", "receivedAt", .. DefaultOfParse];

    /// <summary>The names of all but the header properties, of which there is no end.</summary>
    public static readonly IReadOnlySet<string> Names = Known.Keys.ToFrozenSet(StringComparer.Ordinal);

    readonly List<(string Name, Property Property)> _properties = [];

    EmailProperties(IEnumerable<string> names, BodyOptions bodies)
    {
        Bodies = bodies;
        foreach (var name in names.Distinct(StringComparer.Ordinal))
        {
            var property = Find(name) ?? throw JmapException.InvalidArguments($"\"{name}\" is not a property of an Email, or not in that form.");
            _properties.Add((name, property));
            Needs |= property.Needs;
            if (name == "bodyValues" && bodies.FetchesValues) Needs |= EmailNeeds.Values;
            if (property.Needs == EmailNeeds.Structure && bodies.Properties.NeedFields) Needs |= EmailNeeds.PartFields;
        }

        if ((Needs & EmailNeeds.Message) != 0) Needs |= EmailNeeds.Structure;
    }

    /// <summary>What must be loaded before <see cref="Write"/>.</summary>
    public EmailNeeds Needs { get; }

    public BodyOptions Bodies { get; }

    /// <summary>Of Email/get; the id is always given. Throws <c>invalidArguments</c> for a property that there is not.</summary>
    public static EmailProperties OfGet(IEnumerable<string>? names, BodyOptions bodies) => new(names?.Prepend("id") ?? DefaultOfGet, bodies);

    /// <summary>Of Email/parse.</summary>
    public static EmailProperties OfParse(IEnumerable<string>? names, BodyOptions bodies) => new(names ?? DefaultOfParse, bodies);

    /// <summary>Whether an Email has a property of this name.</summary>
    public static bool Exists(string name) => Find(name) is not null;

    public JsonObject Write(EmailView email)
    {
        var written = new JsonObject();
        foreach (var (name, property) in _properties) written[name] = property.Write(email, Bodies.Properties);
        return written;
    }

    static Property? Find(string name)
    {
        if (Known.TryGetValue(name, out var known)) return known;
        if (HeaderProperty.Parse(name) is not { } header) return null;
        return header.ShortName is { } shortName ? Known[shortName] : new Property(EmailNeeds.Fields, (e, _) => HeaderValues.Of(e.Fields, header));
    }

    static JsonObject? Set(IEnumerable<string>? keys)
    {
        if (keys is null) return null;
        var set = new JsonObject();
        foreach (var key in keys) set[key] = true;
        return set;
    }

    sealed record Property(EmailNeeds Needs, Func<EmailView, BodyPartProperties, JsonNode?> Write);
}

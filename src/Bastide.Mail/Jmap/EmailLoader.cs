using Bastide.Mail.Mime;
using Bastide.Platform.Blobs;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary>
/// Reads from the messages themselves what asked-for properties need beyond the store's rows, one message at a time.
/// What one call may hold in memory is bounded: beyond it the call is refused with <c>requestTooLarge</c>, and within
/// one message further body values come truncated to nothing.
/// </summary>
sealed class EmailLoader(BlobStore blobs)
{
    /// <summary>The most characters of body values, headers and HTML of one answer; a single message may always reach it.</summary>
    public const int MostCharacters = 32 * 1024 * 1024;

    /// <summary>Loads what the properties need into each view.</summary>
    public async ValueTask Load(IReadOnlyList<EmailView> emails, EmailProperties properties, CancellationToken cancellation)
    {
        if ((properties.Needs & EmailNeeds.Message) == 0) return;
        var total = 0L;
        foreach (var email in emails)
        {
            total += await Load(email, properties, cancellation);
            if (total > MostCharacters && emails.Count > 1)
                throw new JmapException("requestTooLarge", "These messages are too large to be given together: ask for fewer at once, or set maxBodyValueBytes.");
        }
    }

    async ValueTask<long> Load(EmailView email, EmailProperties properties, CancellationToken cancellation)
    {
        await using var message = await blobs.Open(email.Blob, cancellation)
            ?? throw new InvalidDataException($"The message {email.Blob} of an email is missing from the blob store.");
        var used = 0L;
        if (properties.Needs.HasFlag(EmailNeeds.Fields)) used += await LoadFields(email, message, cancellation);
        if (properties.Needs.HasFlag(EmailNeeds.PartFields)) used += await LoadPartFields(email, message, cancellation);
        if (properties.Needs.HasFlag(EmailNeeds.SafeHtml))
        {
            email.SafeHtml = await SafeHtml.Of(message, email.RequiredStructure, cancellation);
            used += email.SafeHtml?.Length ?? 0;
        }

        if (properties.Needs.HasFlag(EmailNeeds.Values)) used += await LoadValues(email, message, properties.Bodies, MostCharacters - used, cancellation);
        return used;
    }

    static async ValueTask<long> LoadFields(EmailView email, Stream message, CancellationToken cancellation)
    {
        email.Fields = await HeaderFields.Read(message, email.RequiredStructure, cancellation);
        return Length(email.Fields);
    }

    static async ValueTask<long> LoadPartFields(EmailView email, Stream message, CancellationToken cancellation)
    {
        var fields = new Dictionary<BodyPart, IReadOnlyList<HeaderField>>(ReferenceEqualityComparer.Instance);
        var used = 0L;
        var open = new Stack<BodyPart>([email.RequiredStructure]);
        while (open.TryPop(out var part))
        {
            fields[part] = used < MostCharacters ? await HeaderFields.Read(message, part, cancellation) : [];
            used += Length(fields[part]);
            foreach (var sub in part.SubParts ?? []) open.Push(sub);
        }

        email.PartFields = fields;
        return used;
    }

    static async ValueTask<long> LoadValues(EmailView email, Stream message, BodyOptions options, long room, CancellationToken cancellation)
    {
        var used = 0L;
        foreach (var part in Wanted(email, options))
        {
            if (used >= room)
            {
                email.Values[part.PartId!] = new BodyValue("", IsEncodingProblem: false, IsTruncated: true);
                continue;
            }

            var value = await BodyValue.Read(message, part, options.MaxBytes, cancellation);
            email.Values[part.PartId!] = value;
            used += value.Value.Length;
        }

        return used;
    }

    static IEnumerable<BodyPart> Wanted(EmailView email, BodyOptions options)
    {
        var parts = Enumerable.Empty<BodyPart>();
        if (options.FetchAll) parts = email.RequiredStructure.Leaves();
        else
        {
            if (options.FetchText) parts = parts.Concat(email.Bodies.TextBody);
            if (options.FetchHtml) parts = parts.Concat(email.Bodies.HtmlBody);
        }

        return parts.Where(part => part.PartId is not null && part.Type.StartsWith("text/", StringComparison.Ordinal)).DistinctBy(part => part.PartId);
    }

    static long Length(IReadOnlyList<HeaderField> fields) => fields.Sum(field => (long)field.Name.Length + field.Value.Length);
}

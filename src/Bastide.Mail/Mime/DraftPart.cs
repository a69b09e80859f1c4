using Bastide.Platform.Blobs;

namespace Bastide.Mail.Mime;

/// <summary>A part of a message to be written: a multipart, a text, or octets that are there already.</summary>
public sealed record DraftPart
{
    /// <summary>The media type, <c>text/plain</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The text, of a text part.</summary>
    public string? Text { get; init; }

    /// <summary>The decoded octets, of any other leaf.</summary>
    public BlobId? Blob { get; init; }

    /// <summary>The parts of a multipart.</summary>
    public IReadOnlyList<DraftPart>? SubParts { get; init; }

    /// <summary>The charset of a blob; a text is always UTF-8.</summary>
    public string? Charset { get; init; }

    /// <summary>The Content-Disposition.</summary>
    public string? Disposition { get; init; }

    /// <summary>The file name.</summary>
    public string? Name { get; init; }

    /// <summary>The Content-ID without angle brackets.</summary>
    public string? Cid { get; init; }

    /// <summary>The Content-Location.</summary>
    public string? Location { get; init; }

    /// <summary>The Content-Language.</summary>
    public IReadOnlyList<string>? Language { get; init; }

    /// <summary>Further fields.</summary>
    public IReadOnlyList<DraftHeader> Headers { get; init; } = [];

    /// <summary>
    /// The usual body of a message: plain text and HTML as alternatives, the pictures the HTML refers to by
    /// <c>cid:</c> related to it, the other attachments beside all that.
    /// </summary>
    public static DraftPart Compose(DraftPart? text, DraftPart? html, IReadOnlyList<DraftPart> attachments)
    {
        var related = html is null ? [] : attachments.Where(a => a is { Cid: not null, Disposition: null or "inline" }).ToList();
        if (html is not null && related.Count > 0) html = new DraftPart { Type = "multipart/related", SubParts = [html, .. related] };
        var body = (text, html) switch
        {
            (not null, not null) => new DraftPart { Type = "multipart/alternative", SubParts = [text, html] },
            (null, null) => null,
            _ => text ?? html,
        };
        List<DraftPart> rest = [.. attachments.Except(related, ReferenceEqualityComparer.Instance).Cast<DraftPart>()];
        if (body is not null && rest.Count == 0) return body;
        if (body is null && rest.Count == 0) return new DraftPart { Type = "text/plain", Text = "" };
        return new DraftPart { Type = "multipart/mixed", SubParts = body is null ? rest : [body, .. rest] };
    }
}

using System.Text;
using Bastide.Platform.Blobs;
using Bastide.Protocols.Jmap;
using MimeKit;

namespace Bastide.Mail.Mime;

/// <summary>A part while the message is being read; <see cref="Build"/> numbers it and makes the <see cref="BodyPart"/>.</summary>
sealed class PartDraft
{
    // "--" before and behind the boundary, and line ends.
    const int EndMark = 8;
    const int LongestType = 255;

    readonly Dictionary<string, byte[]> _fields = new(StringComparer.OrdinalIgnoreCase);

    public long HeaderStart { get; init; }

    public long BodyStart { get; set; }

    public long BodyEnd { get; set; }

    public int Lines { get; set; }

    public long Size { get; set; }

    public BlobId? Blob { get; set; }

    public ContentType? Type { get; set; }

    public bool IsMultipart { get; set; }

    /// <summary>Of a message part: what is inside.</summary>
    public PartDraft? Embedded { get; set; }

    public List<PartDraft> SubParts { get; } = [];

    /// <summary>The beginning of a text.</summary>
    public ReadOnlyMemory<byte> Head { get; set; }

    /// <summary>Whether it is of this message, and not of one inside.</summary>
    public bool IsOuter { get; set; }

    /// <summary>Whether it says that it has parts and shows none, but holds something: without a boundary, or with another one.</summary>
    public bool HasLostItsParts(bool isWhole) =>
        IsMultipart && SubParts.Count == 0 && (isWhole || BodyEnd - BodyStart > (Type?.Boundary?.Length ?? 0) + EndMark);

    /// <summary>Makes it one text, so that what it holds can be read.</summary>
    public void BecomesText()
    {
        IsMultipart = false;
        IsRaw = true;
    }

    /// <summary>Whether its octets are taken as they stand.</summary>
    public bool IsRaw { get; private set; }

    /// <summary>The content transfer encoding in lower case.</summary>
    public string Encoding
    {
        get
        {
            if (IsRaw) return "8bit";
            if (Text("Content-Transfer-Encoding") is not { } written) return "7bit";
            var token = new string([.. written.TakeWhile(c => c is not (';' or ' ' or '(' or '\t'))]).ToLowerInvariant();
            return token.Length is 0 or > 40 ? "7bit" : token;
        }
    }

    /// <summary>Notes a header field; the first of a name counts.</summary>
    public void Take(Header field)
    {
        if (IsWanted(field.Field)) _fields.TryAdd(field.Field, field.RawValue);
    }

    /// <summary>What the header says of the message.</summary>
    public MessageHeader Header() => HeaderReader.Read(name => _fields.GetValueOrDefault(name));

    /// <summary>The finished part. <paramref name="number"/> is its own, <c>""</c> for the whole message.</summary>
    public BodyPart Build(string number, PartValues values)
    {
        var prefix = number.Length == 0 ? "" : number + ".";
        if (IsMultipart)
        {
            var parts = SubParts.Select((part, i) => part.Build(FormattableString.Invariant($"{prefix}{i + 1}"), values)).ToList();
            return Common(values) with { SubParts = parts };
        }

        var id = number.Length == 0 ? "1" : number;
        var type = TypeName();
        var leaf = Common(values) with
        {
            PartId = id,
            BlobId = Blob,
            Size = Size,
            Charset = values.Bound(Type?.Charset) ?? (type.StartsWith("text/", StringComparison.Ordinal) ? "us-ascii" : null),
            EmbeddedHeader = Embedded is not null && values.Takes(Embedded._fields.Values.Sum(field => field.Length)) ? Embedded.Header() : null,
            Embedded = Embedded?.Build(Embedded.IsMultipart ? id : id + ".1", values),
        };
        if (!Head.IsEmpty) values.Heads[leaf] = Head;
        return leaf;
    }

    BodyPart Common(PartValues values)
    {
        var disposition = Field("Content-Disposition") is { } written && ContentDisposition.TryParse(HeaderForms.OptionsFor(written), written, out var parsed) ? parsed : null;
        return new BodyPart
        {
            Type = TypeName(),
            Disposition = values.Bound(disposition?.Disposition.ToLowerInvariant()),
            Name = FileName(disposition, values),
            Cid = Cid(values),
            Location = values.Bound(Text("Content-Location")?.Replace(" ", "", StringComparison.Ordinal)),
            Language = Language(values),
            Encoding = Encoding,
            Description = values.Bound(Field("Content-Description") is { } description ? HeaderForms.AsText(description) : null),
            Md5 = values.Bound(Text("Content-MD5")),
            TypeParameters = values.Parameters(Type?.Parameters),
            DispositionParameters = values.Parameters(disposition?.Parameters),
            Lines = Lines,
            HeaderStart = HeaderStart,
            BodyStart = BodyStart,
            BodyEnd = BodyEnd,
        };
    }

    string TypeName()
    {
        if (Type is null) return "text/plain";
        var name = Type.MimeType.ToLowerInvariant();
        // A multipart that is nested too deep, or without a boundary, is shown as it is.
        return name.StartsWith("multipart/", StringComparison.Ordinal) && !IsMultipart ? "text/plain" : MimeBounds.Head(name, LongestType);
    }

    string? FileName(ContentDisposition? disposition, PartValues values)
    {
        var name = disposition?.FileName ?? Type?.Name;
        if (string.IsNullOrWhiteSpace(name)) return null;
        // Outlook and others put encoded words where RFC 2231 belongs.
        if (name.Contains("=?", StringComparison.Ordinal)) name = HeaderForms.AsText(System.Text.Encoding.UTF8.GetBytes(name));
        return values.Bound(new string([.. name.Where(c => !char.IsControl(c))]));
    }

    string? Cid(PartValues values)
    {
        if (Field("Content-ID") is not { } field) return null;
        var id = HeaderForms.AsMessageIds(field) is [var first, ..] ? first : HeaderForms.AsText(field).Trim('<', '>', ' ');
        return id.Length == 0 ? null : values.Bound(id);
    }

    List<string>? Language(PartValues values)
    {
        var tags = Text("Content-Language")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(50).Select(tag => values.Bound(tag)!).ToList();
        return tags is { Count: > 0 } ? tags : null;
    }

    byte[]? Field(string name) => _fields.GetValueOrDefault(name);

    string? Text(string name) => Field(name) is { } field && HeaderForms.AsText(field) is { Length: > 0 } text ? text : null;

    static bool IsWanted(string field) =>
        field.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) || HeaderReader.Names.Contains(field);
}

using System.Globalization;

namespace Bastide.Mail.Jmap;

/// <summary>How numbers of one type are written on the wire: a letter and the number (<c>m12</c>). RFC 8620 §1.2.</summary>
sealed class WireId(char letter)
{
    public static readonly WireId Mailbox = new('m');
    public static readonly WireId Email = new('e');
    public static readonly WireId Thread = new('t');
    public static readonly WireId Identity = new('i');
    public static readonly WireId Submission = new('s');

    public string Write(long id) => string.Create(CultureInfo.InvariantCulture, $"{letter}{id}");

    public string? Write(long? id) => id is { } number ? Write(number) : null;

    /// <summary>The number, or null when the text is not one that <see cref="Write(long)"/> gives.</summary>
    public long? Read(string? id)
    {
        if (id is null || id.Length is < 2 or > 20 || id[0] != letter || id[1] == '0') return null;
        return long.TryParse(id.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}

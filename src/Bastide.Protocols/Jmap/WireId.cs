using System.Globalization;

namespace Bastide.Protocols.Jmap;

/// <summary>How numbers of one type are written on the wire: a letter and the number (<c>m12</c>). RFC 8620 §1.2.</summary>
/// <param name="letter">The letter.</param>
public sealed class WireId(char letter)
{
    /// <summary>The id of a number.</summary>
    public string Write(long id) => string.Create(CultureInfo.InvariantCulture, $"{letter}{id}");

    /// <summary>The id of a number, null of null.</summary>
    public string? Write(long? id) => id is { } number ? Write(number) : null;

    /// <summary>The number, or null when the text is not one that <see cref="Write(long)"/> gives.</summary>
    public long? Read(string? id)
    {
        if (id is null || id.Length is < 2 or > 20 || id[0] != letter || id[1] == '0') return null;
        return long.TryParse(id.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    /// <summary>The number behind an id or the <c>#creationId</c> of the request, or null. RFC 8620 §5.3.</summary>
    public long? Resolve(string? id, CreatedIds created) => id is null ? null : Read(created.Resolve(id));
}

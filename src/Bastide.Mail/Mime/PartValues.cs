using MimeKit;

namespace Bastide.Mail.Mime;

/// <summary>
/// What the parts of one message say of themselves is kept in the row of the message, and is read with every one of a list:
/// two thousand parts with long names and fifty parameters each must not make a row of fifty megabytes. Each value is
/// bounded, and all of them together; what comes when there is no more room is cut to a few characters.
/// </summary>
sealed class PartValues
{
    const int MostParameters = 50;
    const int Few = 60;

    int _room = 256 * 1024;

    /// <summary>The beginnings of the texts, for the preview.</summary>
    public Dictionary<BodyPart, ReadOnlyMemory<byte>> Heads { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>The value without what cannot be stored; null for none.</summary>
    public string? Bound(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        var bound = MimeBounds.Head(text.Replace("\0", "", StringComparison.Ordinal), _room > 0 ? MimeBounds.MaxValue : Few);
        _room -= bound.Length;
        return bound.Length == 0 ? null : bound;
    }

    /// <summary>Whether there is room for so much more.</summary>
    public bool Takes(int length) => (_room -= length) > 0;

    /// <summary>The parameters in their order; none when there is no more room.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? Parameters(ParameterList? parameters)
    {
        if (parameters is null || parameters.Count == 0 || _room <= 0) return null;
        return [.. parameters.Take(MostParameters).Select(p => KeyValuePair.Create(Bound(p.Name.ToLowerInvariant()) ?? "", Bound(p.Value) ?? ""))];
    }
}

using System.Text;
using Bastide.Calendar.Links;
using Bastide.Platform.Blobs;
using Bastide.Protocols.ICalendar;

namespace Bastide.Calendar.Attachments;

/// <summary>
/// Where something attached is fetched: <c>/s/TOKEN/NAME</c>. Whoever has the address may fetch it, like whoever was sent the
/// event: guests outside have no other way.
/// </summary>
static class AttachmentAddress
{
    const int LongestName = 200;

    /// <summary>The address of a token below that of the server.</summary>
    public static string Of(Uri server, string token, string name) => $"{new Uri(server, $"s/{token}/").AbsoluteUri}{Uri.EscapeDataString(name)}";

    /// <summary>A file name without what leads elsewhere or cannot be seen; <paramref name="otherwise"/> where nothing is left.</summary>
    public static string NameOf(string? given, string otherwise)
    {
        var name = new StringBuilder();
        foreach (var rune in (given ?? "").AsSpan()[((given ?? "").LastIndexOfAny(['/', '\\']) + 1)..].EnumerateRunes())
        {
            if (name.Length + rune.Utf16SequenceLength > LongestName) break;
            if (!Rune.IsControl(rune) && rune.Value is not '"' && rune != Rune.ReplacementChar) name.Append(rune);
        }

        return name.ToString().Trim() is { Length: > 0 } kept && kept.Trim('.').Length > 0 ? kept : otherwise;
    }

    /// <summary>What components say is attached to them, each once.</summary>
    public static IReadOnlyList<AttachedBlob> In(IEnumerable<ICalComponent> components)
    {
        List<AttachedBlob>? found = null;
        foreach (var property in components.SelectMany(component => component.Properties))
        {
            if (property.Parameter("MANAGED-ID") is not { } id || !BlobId.TryParse(id, null, out var blob)) continue;
            found ??= [];
            var hash = HashIn(property.Value);
            if (!found.Exists(one => one.Blob == blob && (one.TokenHash ?? []).AsSpan().SequenceEqual(hash))) found.Add(new AttachedBlob(blob, hash));
        }

        return found ?? [];
    }

    /// <summary>The SHA-256 of the token in an address; null in one of another form.</summary>
    static byte[]? HashIn(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Segments is [.., "s/", var token, not "/"] && token.EndsWith('/') ? LinkToken.HashOf(token[..^1]) : null;
}

using Microsoft.AspNetCore.Http;

namespace Bastide.Protocols.Dav.Headers;

/// <summary>What the client would rather have (RFC 7240); what is not known is passed over.</summary>
/// <param name="IsMinimal">No body where nothing went wrong, and no 404 for properties (RFC 8144 §2).</param>
/// <param name="IsRepresentation">The stored representation in the answer (RFC 8144 §3).</param>
sealed record Prefer(bool IsMinimal, bool IsRepresentation)
{
    const string Minimal = "return=minimal";
    const string Representation = "return=representation";

    public static Prefer Of(HttpRequest request)
    {
        var headers = request.Headers["Prefer"];
        // Interop: what "Prefer: return=minimal" was before it was a standard.
        if (headers.Count == 0) return new Prefer(request.Headers["Brief"] == "t", false);
        // The first of two that contradict one another holds (RFC 7240 §2).
        foreach (var preference in headers.SelectMany(header => (header ?? "").Split(',')).Select(preference => preference.Split(';')[0].Replace(" ", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal)))
        {
            if (preference.Equals(Minimal, StringComparison.OrdinalIgnoreCase)) return new Prefer(true, false);
            if (preference.Equals(Representation, StringComparison.OrdinalIgnoreCase)) return new Prefer(false, true);
        }

        return new Prefer(false, false);
    }
}

using Bastide.Platform.Changes;

namespace Bastide.Protocols.Dav;

/// <summary>The <c>DAV:sync-token</c> (RFC 6578 §3.2), which is a URI: a position in the account's change sequence.</summary>
static class SyncToken
{
    const string Prefix = "urn:bastide:sync:";

    public static string Format(Sequence position) => Prefix + position;

    public static bool TryParse(string token, out Sequence position)
    {
        position = default;
        return token.StartsWith(Prefix, StringComparison.Ordinal) && Sequence.TryParse(token[Prefix.Length..], null, out position);
    }
}

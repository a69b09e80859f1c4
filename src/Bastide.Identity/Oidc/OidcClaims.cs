namespace Bastide.Identity.Oidc;

/// <summary>Claims of ours beside the registered ones.</summary>
static class OidcClaims
{
    /// <summary>The session a token rests on: <c>sid</c>, as OpenID Connect Front-Channel Logout 1.0 §3 names it.</summary>
    public const string Session = "sid";
}

using Microsoft.IdentityModel.Tokens;

namespace Bastide.Identity.Oidc;

/// <summary>A pair of keys: tokens for others are signed with the one, tokens for ourselves encrypted with the other.</summary>
sealed record OidcKey(string Id, DateTimeOffset UsedFrom, RsaSecurityKey Signing, SymmetricSecurityKey Encryption);

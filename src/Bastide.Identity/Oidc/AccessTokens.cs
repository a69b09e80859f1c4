using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Bastide.Platform.Accounts;
using Bastide.Platform.Settings;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;

namespace Bastide.Identity.Oidc;

/// <summary>
/// Validates access tokens (RFC 9068): signature, issuer, audience, time. Whether the session behind one is still open is
/// not known here. A signature is checked once; the token's hash stands for it until it expires.
/// </summary>
sealed class AccessTokens(OidcKeys keys, BastideSettings settings, TimeProvider time)
{
    /// <summary>The longest token that is looked at.</summary>
    const int Longest = 8192;
    const int Most = 50_000;
    readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };
    readonly ConcurrentDictionary<UInt128, AccessToken> _valid = new();

    /// <summary>The issuer, as it stands in tokens and in the discovery document.</summary>
    public static string IssuerOf(BastideSettings settings) => settings.Url.AbsoluteUri;

    public async ValueTask<(AccessToken? Token, bool IsExpired)> Validate(string token, CancellationToken cancellation)
    {
        if (token.Length > Longest) return default;
        cancellation.ThrowIfCancellationRequested();
        var key = HashOf(token);
        if (!_valid.TryGetValue(key, out var known))
        {
            known = await Check(token);
            if (known is null) return default;
            if (_valid.Count >= Most) ForgetExpired();
            _valid[key] = known;
        }

        return known.ExpiresAt > time.GetUtcNow() ? (known, false) : (null, true);
    }

    async ValueTask<AccessToken?> Check(string token)
    {
        var issuer = IssuerOf(settings);
        var result = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = issuer,
            ValidAudience = issuer,
            ValidTypes = ["at+jwt"],
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            IssuerSigningKeys = keys.All.Select(k => k.Signing),
            // Compared with the workplace's own clock by the caller.
            ValidateLifetime = false,
        });
        if (!result.IsValid) return null;
        var jwt = (JsonWebToken)result.SecurityToken;
        if (!AccountId.TryParse(jwt.Subject, null, out var account)) return null;
        if (!jwt.TryGetPayloadValue<string>(OidcClaims.Session, out var sid) || !long.TryParse(sid, NumberStyles.None, CultureInfo.InvariantCulture, out var session)) return null;
        if (!jwt.TryGetPayloadValue<long>(OpenIddictConstants.Claims.ExpiresAt, out var expires)) return null;
        var scopes = jwt.TryGetPayloadValue<string>(OpenIddictConstants.Claims.Scope, out var text) ? Scopes.Parse(text) : FrozenSet<string>.Empty;
        return new AccessToken(account, session, scopes, DateTimeOffset.FromUnixTimeSeconds(expires));
    }

    void ForgetExpired()
    {
        var now = time.GetUtcNow();
        foreach (var (key, token) in _valid)
            if (token.ExpiresAt <= now)
                _valid.TryRemove(key, out _);
        if (_valid.Count >= Most) _valid.Clear();
    }

    static UInt128 HashOf(string token)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(token), hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}

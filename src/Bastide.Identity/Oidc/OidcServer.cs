using Bastide.Platform.Db;
using Bastide.Platform.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlers;

namespace Bastide.Identity.Oidc;

/// <summary>
/// OpenIddict as the one authorization server: authorization code with PKCE (RFC 7636), refresh with rotation, device flow
/// (RFC 8628), revocation (RFC 7009), introspection (RFC 7662), userinfo, end-session. Nothing of it is built before the
/// first request needs it.
/// </summary>
static class OidcServer
{
    /// <summary>How long an access token lasts; what revokes its session ends it within a second.</summary>
    public static readonly TimeSpan AccessTokenLifetime = TimeSpan.FromMinutes(10);

    /// <summary>How long a refresh token lasts when it is not used.</summary>
    public static readonly TimeSpan RefreshTokenLifetime = TimeSpan.FromDays(30);

    public static void Add(IServiceCollection services, BastideSettings settings)
    {
        services.AddSingleton<OidcConnections>();
        services.AddDbContextPool<OidcContext>((provider, options) =>
        {
            var connections = provider.GetRequiredService<OidcConnections>();
            if (provider.GetRequiredService<Database>().Engine == Engine.Sqlite) options.UseSqlite(connections.ConnectionString);
            else options.UseNpgsql(connections.ConnectionString);
        });
        services.AddSingleton<OidcKeys>();
        services.AddSingleton<AccessTokens>();
        services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<OidcContext>())
            .AddServer(server => Configure(server, settings));
        services.AddOptions<OpenIddictServerOptions>().Configure<OidcKeys>((options, keys) =>
        {
            foreach (var key in keys.All)
            {
                options.SigningCredentials.Add(new SigningCredentials(key.Signing, SecurityAlgorithms.RsaSha256));
                options.EncryptionCredentials.Add(new EncryptingCredentials(key.Encryption, SecurityAlgorithms.Aes256KW, SecurityAlgorithms.Aes256CbcHmacSha512));
            }
        });
    }

    static void Configure(OpenIddictServerBuilder server, BastideSettings settings)
    {
        var issuer = AccessTokens.IssuerOf(settings);
        server.SetIssuer(new Uri(issuer))
            .SetAuthorizationEndpointUris("connect/authorize")
            .SetTokenEndpointUris("connect/token")
            .SetRevocationEndpointUris("connect/revoke")
            .SetIntrospectionEndpointUris("connect/introspect")
            .SetUserInfoEndpointUris("connect/userinfo")
            .SetEndSessionEndpointUris("connect/endsession")
            .SetDeviceAuthorizationEndpointUris("connect/device")
            .SetEndUserVerificationEndpointUris("connect/verify")
            .SetJsonWebKeySetEndpointUris("connect/jwks");
        server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange().AllowRefreshTokenFlow().AllowDeviceAuthorizationFlow();
        // RFC 9700 §2.1.1: a challenge that is the verifier itself protects nothing.
        server.Configure(options => options.CodeChallengeMethods.Remove(OpenIddict.Abstractions.OpenIddictConstants.CodeChallengeMethods.Plain));
        server.RegisterScopes(Scopes.All).RegisterResources(issuer)
            .RegisterClaims("sub", "name", "preferred_username", "email", "email_verified", "locale", OidcClaims.Session, "auth_time");
        server.SetAccessTokenLifetime(AccessTokenLifetime)
            .SetIdentityTokenLifetime(AccessTokenLifetime)
            .SetAuthorizationCodeLifetime(TimeSpan.FromMinutes(2))
            .SetRefreshTokenLifetime(RefreshTokenLifetime)
            // A refresh token that comes twice was stolen, or its answer lost: either way the family ends.
            .SetRefreshTokenReuseLeeway(TimeSpan.Zero)
            .SetUserCodeCharset([.. "BCDFGHJKLMNPQRSTVWXZ".Select(c => c.ToString())])
            .SetUserCodeLength(8)
            .SetUserCodeDisplayFormat("{0}{1}{2}{3}-{4}{5}{6}{7}")
            .SetDeviceCodeLifetime(TimeSpan.FromMinutes(15))
            .SetUserCodeLifetime(TimeSpan.FromMinutes(15))
            .DisableAccessTokenEncryption()
            .IgnoreScopePermissions()
            .IgnoreResourcePermissions()
            .IgnoreAudiencePermissions();
        var host = server.UseAspNetCore()
            .EnableAuthorizationEndpointPassthrough()
            .EnableTokenEndpointPassthrough()
            .EnableUserInfoEndpointPassthrough()
            .EnableEndSessionEndpointPassthrough()
            .EnableEndUserVerificationEndpointPassthrough()
            .EnableErrorPassthrough();
        if (settings.Url.Scheme == Uri.UriSchemeHttp) host.DisableTransportSecurityRequirement();

        server.AddEventHandler<HandleConfigurationRequestContext>(handler => handler.SetOrder(int.MaxValue).UseInlineHandler(context =>
        {
            // RFC 7591 §3 and RFC 8414 §2.
            context.Metadata["registration_endpoint"] = new Uri(settings.Url, "connect/register").AbsoluteUri;
            // Every client is public; OpenIddict would name what it could take of confidential ones.
            foreach (var methods in (HashSet<string>[])[context.TokenEndpointAuthenticationMethods, context.RevocationEndpointAuthenticationMethods, context.IntrospectionEndpointAuthenticationMethods, context.DeviceAuthorizationEndpointAuthenticationMethods])
            {
                methods.Clear();
                methods.Add("none");
            }

            context.Metadata["ui_locales_supported"] = new System.Text.Json.Nodes.JsonArray("en", "fr");
            return default;
        }));
        server.AddEventHandler<ValidateTokenContext>(handler => handler
            .UseScopedHandler<RefreshTokenReuse>()
            .SetOrder(Protection.ValidateTokenEntry.Descriptor.Order - 1));
        server.AddEventHandler<ValidateDeviceAuthorizationRequestContext>(handler => handler
            .UseScopedHandler<DeviceLimit>()
            .SetOrder(int.MinValue + 100_000));
        server.AddEventHandler<HandleRevocationRequestContext>(handler => handler
            .UseScopedHandler<Revoke>()
            .SetOrder(Revocation.RevokeToken.Descriptor.Order + 1));
    }
}

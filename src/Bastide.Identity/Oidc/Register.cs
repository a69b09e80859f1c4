using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bastide.Platform.Db;
using Bastide.Platform.Limits;
using Microsoft.AspNetCore.Http;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Bastide.Identity.Oidc;

/// <summary>
/// Dynamic client registration, RFC 7591, for public clients: applications without a secret, which every person is asked
/// about before they get anything. Redirect URIs are <c>https</c>, loopback <c>http</c> or a private-use scheme in reverse
/// domain order (RFC 8252 §7). A registration that nobody used for a day is removed.
/// </summary>
sealed class Register(IOpenIddictApplicationManager applications, Limiter limiter, Database database, TimeProvider time, Audit audit)
{
    /// <summary>How the ids of registered clients begin.</summary>
    public const string Prefix = "app-";

    /// <summary>The property that holds when a client was registered, in milliseconds since 1970.</summary>
    public const string CreatedAt = "created_at";

    const int LongestRequest = 16 * 1024;
    const int MostRedirectUris = 10;
    static readonly RateLimit ByAddress = new("register-client", 10, 10.0 / 3600);
    static readonly RateLimit ByEverybody = new("register-clients", 200, 200.0 / 3600);
    static readonly string[] KnownGrants = [GrantTypes.AuthorizationCode, GrantTypes.RefreshToken, GrantTypes.DeviceCode];

    public async Task<IResult> Handle(HttpContext context)
    {
        var remote = context.Connection.RemoteIpAddress ?? IPAddress.Loopback;
        if (!limiter.TryTake(ByAddress, Limiter.KeyOf(remote), out var wait) || !limiter.TryTake(ByEverybody, "", out wait))
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return Error("temporarily_unavailable", "Too many applications were registered: try again later.", StatusCodes.Status429TooManyRequests);
        }

        if (context.Request.ContentLength > LongestRequest) return Error(InvalidMetadata, "The registration is too large.");
        JsonObject? metadata;
        try
        {
            metadata = await JsonNode.ParseAsync(new BoundedStream(context.Request.Body, LongestRequest), cancellationToken: context.RequestAborted) as JsonObject;
            if (metadata is null) return Error(InvalidMetadata, "The registration is a JSON object.");
            return await Add(context, metadata, remote);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or InvalidDataException)
        {
            return Error(InvalidMetadata, "The registration is not what RFC 7591 section 2 describes: check the JSON and the type of each member.");
        }
    }

    const string InvalidMetadata = "invalid_client_metadata";

    async Task<IResult> Add(HttpContext context, JsonObject metadata, IPAddress remote)
    {
        var uris = Strings(metadata, "redirect_uris");
        var grants = Strings(metadata, "grant_types") is { Count: > 0 } asked ? asked : [GrantTypes.AuthorizationCode];
        var method = (string?)metadata["token_endpoint_auth_method"] ?? "none";
        var name = ((string?)metadata["client_name"] ?? "").Trim();
        if (method != "none") return Error(InvalidMetadata, "Only public clients can be registered: token_endpoint_auth_method is none.");
        if (grants.Except(KnownGrants).FirstOrDefault() is { } unknown) return Error(InvalidMetadata, $"The grant type {unknown} is not available.");
        if (Strings(metadata, "response_types") is { Count: > 0 } responses && (responses.Count != 1 || responses[0] != "code")) return Error(InvalidMetadata, "The only response type is code.");
        if (name.Length > 100 || name.Any(char.IsControl)) return Error(InvalidMetadata, "client_name is at most 100 characters.");
        var usesCode = grants.Contains(GrantTypes.AuthorizationCode);
        if (usesCode && uris.Count is 0 or > MostRedirectUris) return Error("invalid_redirect_uri", $"Give 1 to {MostRedirectUris} redirect_uris.");
        if (uris.FirstOrDefault(uri => !IsAcceptable(uri)) is { } bad)
            return Error("invalid_redirect_uri", $"{bad} cannot be used: give https, http on 127.0.0.1, [::1] or localhost, or a private-use scheme such as org.example.app:/callback, without a fragment.");

        var now = time.GetUtcNow();
        var clientId = Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
        var isNative = uris.Count == 0 || uris.Any(uri => new Uri(uri).Scheme != "https");
        if (name.Length == 0) name = uris.Count > 0 ? new Uri(uris[0]).Host is { Length: > 0 } host ? host : new Uri(uris[0]).Scheme : clientId;
        var descriptor = new OpenIddictApplicationDescriptor
        {
            ClientId = clientId,
            ClientType = ClientTypes.Public,
            ApplicationType = isNative ? ApplicationTypes.Native : ApplicationTypes.Web,
            ConsentType = ConsentTypes.Explicit,
            DisplayName = name,
            Properties = { [CreatedAt] = JsonSerializer.SerializeToElement(now.ToUnixTimeMilliseconds()) },
            Permissions = { Permissions.Endpoints.Token, Permissions.Endpoints.Revocation, Permissions.Endpoints.Introspection },
        };
        if (usesCode)
        {
            descriptor.Permissions.UnionWith([Permissions.Endpoints.Authorization, Permissions.Endpoints.EndSession, Permissions.GrantTypes.AuthorizationCode, Permissions.ResponseTypes.Code]);
            descriptor.Requirements.Add(Requirements.Features.ProofKeyForCodeExchange);
        }

        if (grants.Contains(GrantTypes.RefreshToken)) descriptor.Permissions.Add(Permissions.GrantTypes.RefreshToken);
        if (grants.Contains(GrantTypes.DeviceCode)) descriptor.Permissions.UnionWith([Permissions.Endpoints.DeviceAuthorization, Permissions.GrantTypes.DeviceCode]);
        descriptor.RedirectUris.UnionWith(uris.Select(uri => new Uri(uri)));
        await applications.CreateAsync(descriptor, context.RequestAborted);
        await database.Write(scope => audit.Write(scope, "client.register", Actor.Nobody("anyone", remote), clientId, null, name), context.RequestAborted);

        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(
            new JsonObject
            {
                ["client_id"] = clientId,
                ["client_id_issued_at"] = now.ToUnixTimeSeconds(),
                ["client_name"] = name,
                ["redirect_uris"] = Array(uris),
                ["grant_types"] = Array(grants),
                ["response_types"] = usesCode ? Array(["code"]) : new JsonArray(),
                ["token_endpoint_auth_method"] = "none",
                ["application_type"] = isNative ? "native" : "web",
                ["scope"] = string.Join(' ', Scopes.All),
            },
            statusCode: StatusCodes.Status201Created);
    }

    static bool IsAcceptable(string text)
    {
        if (text.Length > 1000 || !Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Fragment.Length > 0 || uri.UserInfo.Length > 0) return false;
        return uri.Scheme switch
        {
            "https" => uri.Host.Length > 0,
            "http" => uri.Host is "localhost" or "127.0.0.1" or "[::1]",
            // A scheme with a dot is somebody's domain backwards; without one it may be the browser's own (javascript, data, file).
            var scheme => scheme.Contains('.', StringComparison.Ordinal) && uri.Host.Length == 0,
        };
    }

    static List<string> Strings(JsonObject metadata, string name) =>
        metadata[name] is null ? [] : [.. metadata[name]!.AsArray().Select(node => (string?)node ?? throw new InvalidDataException())];

    static JsonArray Array(IEnumerable<string> values) => new([.. values.Select(value => (JsonNode)value)]);

    static IResult Error(string error, string description, int status = StatusCodes.Status400BadRequest) =>
        Results.Json(new JsonObject { ["error"] = error, ["error_description"] = description }, statusCode: status);
}

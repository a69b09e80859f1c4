using System.Globalization;
using System.Net;
using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using Bastide.Abstractions.Http;
using Bastide.Abstractions.Identity;
using Bastide.Identity.Pages;
using Bastide.Platform.Settings;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Bastide.Identity.Http;

/// <summary>
/// Authenticates requests to APIs: Basic (RFC 7617) with a password or app password, Bearer (RFC 6750) with an access
/// token. No cookie is looked at, so that no other site can act in a person's name.
/// </summary>
sealed class ApiAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    ISignIn signIn,
    BastideSettings settings) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>The name of the scheme, and the default one.</summary>
    public const string Name = "Bastide";

    const string Realm = "Bastide";
    const string Basic = "Basic ";
    const string Bearer = "Bearer ";
    SignInResult? _refused;
    bool _isPlaintext;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return Answer(await signIn.WithToken(header[Bearer.Length..].Trim(), Protocol, Remote, Context.RequestAborted));
        if (!header.StartsWith(Basic, StringComparison.OrdinalIgnoreCase)) return AuthenticateResult.NoResult();
        if (!PlaintextRule.Allows(Context, settings))
        {
            _isPlaintext = true;
            return AuthenticateResult.Fail("Passwords are not taken over this connection.");
        }

        return Credentials(header[Basic.Length..]) is var (user, password)
            ? Answer(await signIn.WithPassword(user, password, Protocol, Remote, Context.RequestAborted))
            : AuthenticateResult.Fail("The Authorization header cannot be read.");
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        await HandleAuthenticateOnceSafeAsync();
        if (_refused is { Failure: SignInFailure.TooMany } tooMany)
        {
            Response.Headers.RetryAfter = Math.Ceiling(Math.Max(1, tooMany.RetryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            await Problem(StatusCodes.Status429TooManyRequests, "Too many attempts to sign in: wait and try again.");
            return;
        }

        if (_isPlaintext)
        {
            await Problem(StatusCodes.Status403Forbidden, "Passwords are not taken over an unencrypted connection: use https.");
            return;
        }

        var challenge = _refused?.Failure switch
        {
            SignInFailure.Expired => $"Bearer realm=\"{Realm}\", error=\"invalid_token\", error_description=\"The access token has expired\"",
            SignInFailure.Scope => $"Bearer realm=\"{Realm}\", error=\"insufficient_scope\"",
            SignInFailure.Invalid => $"Bearer realm=\"{Realm}\", error=\"invalid_token\"",
            _ => $"Bearer realm=\"{Realm}\"",
        };
        // A client that uses tokens gets no Basic challenge: browsers would open their own dialog for it.
        var isBearer = Request.Headers.Authorization.ToString().StartsWith(Bearer, StringComparison.OrdinalIgnoreCase);
        Response.Headers.WWWAuthenticate = isBearer
            ? challenge
            : new Microsoft.Extensions.Primitives.StringValues([$"Basic realm=\"{Realm}\", charset=\"UTF-8\"", $"Bearer realm=\"{Realm}\""]);
        await Problem(
            _refused?.Failure == SignInFailure.Scope ? StatusCodes.Status403Forbidden : StatusCodes.Status401Unauthorized,
            _refused?.Failure == SignInFailure.Scope ? "The credential does not cover this application." : "Sign in: send a password, an app password or an access token.");
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Problem(StatusCodes.Status403Forbidden, "You may not do this.");

    IPAddress Remote => Context.Connection.RemoteIpAddress ?? IPAddress.Loopback;

    string Protocol => Request.Path.Value switch
    {
        { } path when path.StartsWith("/jmap", StringComparison.Ordinal) => "jmap",
        { } path when path.StartsWith("/dav", StringComparison.Ordinal) => "dav",
        { } path when path.StartsWith("/_matrix", StringComparison.Ordinal) => "matrix",
        { } path when path.StartsWith("/admin", StringComparison.Ordinal) => "admin",
        _ => "http",
    };

    AuthenticateResult Answer(SignInResult result)
    {
        if (result.Caller is not { } caller)
        {
            _refused = result;
            return AuthenticateResult.Fail("The credential was refused.");
        }

        Context.SetCaller(caller);
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, caller.Person.ToString()), new Claim(ClaimTypes.Name, caller.Address)], Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Name));
    }

    static (string User, string Password)? Credentials(string encoded)
    {
        if (encoded.Length > 2000) return null;
        try
        {
            var text = Encoding.UTF8.GetString(Convert.FromBase64String(encoded.Trim()));
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            return colon < 0 ? null : (text[..colon], text[(colon + 1)..]);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    Task Problem(int status, string detail) =>
        Results.Problem(title: ReasonPhrases.GetReasonPhrase(status), detail: detail, statusCode: status).ExecuteAsync(Context);
}

using System.Text.Json;
using Bastide.Platform.Db;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Bastide.Identity.Pages;

/// <summary>
/// Where a page goes on to when it is done: a path of this origin and nothing else, so that no link to the sign-in page
/// leads elsewhere.
/// </summary>
static class ReturnAddress
{
    public const string Parameter = "return";
    const int Longest = 4000;

    static readonly Sql SelectRedirectUris = new("SELECT redirect_uris FROM oidc_applications WHERE client_id = $1");

    /// <summary>The path asked for, or the account page for what cannot be one.</summary>
    public static string Of(string? text) => IsLocal(text) ? text! : "/account";

    /// <summary>A link to the sign-in page that comes back to where the request is now.</summary>
    public static string SignIn(HttpContext context, string? to = null)
    {
        var request = context.Request;
        var query = new Dictionary<string, string?> { [Parameter] = to ?? request.PathBase + request.Path + request.QueryString };
        foreach (var name in (string[])["login_hint", "ui_locales"])
            if (request.Query[name].ToString() is { Length: > 0 and < 400 } value)
                query[name] = value;
        return QueryHelpers.AddQueryString("/signin", query);
    }

    /// <summary>
    /// What <c>form-action</c> must allow beside this origin: browsers hold the redirects that follow a form to it, and
    /// signing in for an application ends at its redirect URI. Only a URI the application has registered is let in.
    /// </summary>
    public static async ValueTask<string?> FormAction(Database database, string path, CancellationToken cancellation)
    {
        var question = path.IndexOf('?', StringComparison.Ordinal);
        if (question < 0 || !path.StartsWith("/connect/authorize", StringComparison.Ordinal)) return null;
        var query = QueryHelpers.ParseQuery(path[question..]);
        if (query["client_id"].ToString() is not { Length: > 0 and < 200 } client || !Uri.TryCreate(query["redirect_uri"], UriKind.Absolute, out var redirect)) return null;
        var registered = await database.Read(scope => scope.First(SelectRedirectUris, row => row.TextOrNull(0), client), cancellation);
        return registered is not null && JsonSerializer.Deserialize<string[]>(registered)!.Any(uri => IsSame(uri, redirect)) ? SourceOf(redirect) : null;
    }

    /// <summary>The CSP source of a redirect URI: its origin, or the scheme of a native application.</summary>
    public static string SourceOf(Uri redirect) =>
        redirect.Scheme is "https" or "http" ? redirect.GetLeftPart(UriPartial.Authority) : redirect.Scheme + ":";

    // The port of a loopback URI is chosen by the application as it starts (RFC 8252 §7.3).
    static bool IsSame(string registered, Uri asked) => Uri.TryCreate(registered, UriKind.Absolute, out var known)
        && (known == asked || (known.IsLoopback && known.Scheme == asked.Scheme && known.Host == asked.Host && known.AbsolutePath == asked.AbsolutePath));

    static bool IsLocal(string? text) =>
        text is { Length: > 0 and <= Longest } && text[0] == '/' && (text.Length == 1 || (text[1] is not ('/' or '\\'))) && !text.Any(char.IsControl);
}

using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Bastide.Identity.Pages;

/// <summary>
/// The frame of every page. No inline script, no inline style, nothing from elsewhere; a form may only go back here, or
/// on to the application whose redirect URI the page was given.
/// </summary>
static class Page
{
    static readonly Dictionary<string, (byte[] Body, string Type, string Tag)> Assets = Load();

    public static string Style => Versioned("style.css");

    /// <summary>What the account pages add to <see cref="Style"/>.</summary>
    public static string AccountStyle => Versioned("account.css");

    public static string Script => Versioned("passkey.js");

    /// <summary>The sign and the name. The sign is part of the page: it is there with the first paint, whatever stands between us and the browser.</summary>
    public static Html Brand { get; } = new($"{Sign()}<span>Bastide</span>");

    static string Icon => Versioned("logo.svg");

    /// <summary>A card in the middle: signing in, consent, a message.</summary>
    public static IResult Card(HttpContext context, string title, Html body, int status = StatusCodes.Status200OK, string? formAction = null, bool withScript = false)
    {
        var texts = Texts.For(context);
        return Whole(context, title, Html.Of($"""
            <main class="card" id="main">
            <p class="brand">{Brand}</p>
            {body}
            </main>
            <footer class="small">{texts.Footer}{OtherLanguage(context, texts)}</footer>
            """), "centre", status, formAction, withScript);
    }

    /// <summary>A hidden field that proves that a form comes from our page.</summary>
    public static Html AntiforgeryField(HttpContext context)
    {
        var tokens = context.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context);
        return Html.Of($"""<input type="hidden" name="{tokens.FormFieldName}" value="{tokens.RequestToken}">""");
    }

    /// <summary>The posted form when it comes from our own page; null otherwise.</summary>
    public static async ValueTask<IFormCollection?> Form(HttpContext context)
    {
        if (!context.Request.HasFormContentType) return null;
        try
        {
            return await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context)
                ? await context.Request.ReadFormAsync(context.RequestAborted)
                : null;
        }
        catch (Exception exception) when (exception is AntiforgeryValidationException or InvalidDataException or BadHttpRequestException)
        {
            // It cannot be read, or is larger than any form of ours.
            return null;
        }
    }

    /// <summary>The answer to a form that did not come from our page, or too late.</summary>
    public static IResult Stale(HttpContext context)
    {
        var texts = Texts.For(context);
        return Message(context, texts.StaleTitle, texts.StaleText, StatusCodes.Status400BadRequest);
    }

    /// <summary>A card that says one thing.</summary>
    public static IResult Message(HttpContext context, string title, string text, int status = StatusCodes.Status200OK)
    {
        var texts = Texts.For(context);
        return Card(context, title, Html.Of($"""
            <h1>{title}</h1>
            <p>{text}</p>
            <div class="buttons"><a class="button" href="/">{texts.BackToWorkplace}</a></div>
            """), status);
    }

    /// <summary>A link to the same page in the other language, where the page can be asked for again.</summary>
    public static Html OtherLanguage(HttpContext context, Texts texts)
    {
        if (!HttpMethods.IsGet(context.Request.Method)) return Html.Empty;
        var query = QueryHelpers.ParseQuery(context.Request.QueryString.Value);
        query["ui_locales"] = texts.Other.Language;
        var address = QueryHelpers.AddQueryString(context.Request.PathBase + context.Request.Path, query);
        return Html.Of($""" · <a href="{address}" lang="{texts.Other.Language}" hreflang="{texts.Other.Language}">{texts.Other.LanguageName}</a>""");
    }

    /// <summary>A notice above a form.</summary>
    public static Html Alert(string? text) => Html.If(text is not null, () => Html.Of($"""<p class="alert" role="alert">{text}</p>"""));

    public static IResult Whole(HttpContext context, string title, Html body, string layout, int status = StatusCodes.Status200OK, string? formAction = null, bool withScript = false)
    {
        var texts = Texts.For(context);
        texts.Keep(context);
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; form-action 'self'{(formAction is null ? "" : " " + formAction)}; base-uri 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        headers.ContentLanguage = texts.Language;
        headers.Vary = "Accept-Language, Cookie";
        var html = Html.Of($"""
            <!doctype html>
            <html lang="{texts.Language}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="robots" content="noindex">
            <title>{title} · Bastide</title>
            <link rel="icon" href="{Icon}" type="image/svg+xml">
            <link rel="stylesheet" href="{Style}">
            {Html.If(layout.Length == 0, () => Html.Of($"""<link rel="stylesheet" href="{AccountStyle}">"""))}
            {Html.If(withScript, () => Html.Of($"""<script src="{Script}" defer></script>"""))}
            </head>
            <body class="{layout}">
            <a class="skip" href="#main">{texts.Skip}</a>
            {body}
            </body>
            </html>
            """);
        return Results.Content(html.ToString(), "text/html; charset=utf-8", statusCode: status);
    }

    /// <summary>A file of the pages, under <c>/signin/assets/</c>.</summary>
    public static IResult Asset(HttpContext context)
    {
        if (context.Request.RouteValues["name"] is not string name || !Assets.TryGetValue(name, out var asset)) return Results.NotFound();
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = context.Request.Query["v"] == asset.Tag ? "public, max-age=31536000, immutable" : "no-cache";
        return Results.Bytes(asset.Body, asset.Type);
    }

    static string Sign()
    {
        var drawing = Encoding.UTF8.GetString(Assets["logo.svg"].Body);
        return drawing.Replace("<svg ", "<svg width=\"28\" height=\"28\" aria-hidden=\"true\" focusable=\"false\" ", StringComparison.Ordinal).Replace("<title>Bastide</title>", "", StringComparison.Ordinal);
    }

    static string Versioned(string name) => $"/signin/assets/{name}?v={Assets[name].Tag}";

    static Dictionary<string, (byte[] Body, string Type, string Tag)> Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var prefix = typeof(Page).Namespace + ".Assets.";
        return assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(name => name[prefix.Length..], name =>
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var body = new byte[stream.Length];
            stream.ReadExactly(body);
            var type = Path.GetExtension(name) switch { ".css" => "text/css; charset=utf-8", ".js" => "text/javascript; charset=utf-8", _ => "image/svg+xml" };
            return (body, type, Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 6)));
        });
    }
}

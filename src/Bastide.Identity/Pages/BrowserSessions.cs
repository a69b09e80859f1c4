using System.Globalization;
using System.Security.Cryptography;
using Bastide.Platform.Settings;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Bastide.Identity.Pages;

/// <summary>
/// The cookies of the sign-in pages: which session the browser has, and that somebody signed in on it before. Both are
/// for these pages alone; no API takes a cookie, so none can be made to act by another site.
/// </summary>
sealed class BrowserSessions(IDataProtectionProvider protection, SessionWatch watch, BastideSettings settings)
{
    static readonly TimeSpan Lasts = TimeSpan.FromDays(30);
    static readonly TimeSpan DeviceLasts = TimeSpan.FromDays(400);
    readonly IDataProtector _protector = protection.CreateProtector("Bastide.Identity.BrowserSession");

    // A cookie of this prefix is taken over HTTPS only, from this host only (RFC 6265bis §4.1.3.2).
    string Prefix => settings.Url.Scheme == Uri.UriSchemeHttps ? "__Host-" : "";

    string SessionCookie => Prefix + "bastide-session";

    string DeviceCookie => Prefix + "bastide-device";

    /// <summary>The open session of the browser, or null.</summary>
    public async ValueTask<LiveSession?> Current(HttpContext context)
    {
        if (context.Request.Cookies[SessionCookie] is not { Length: > 0 and < 1000 } cookie || Read(cookie) is not { } id) return null;
        if (await watch.Find(id, context.RequestAborted) is not { Kind: SessionKind.Browser } session) return null;
        watch.Seen(session, context.Connection.RemoteIpAddress);
        return session;
    }

    public void Begin(HttpContext context, long session) =>
        Set(context, SessionCookie, _protector.Protect(session.ToString(CultureInfo.InvariantCulture)), Lasts);

    public void End(HttpContext context) => context.Response.Cookies.Delete(SessionCookie, Options(null));

    /// <summary>What the browser shows as its own name, when somebody signed in on it before.</summary>
    public string? Device(HttpContext context) => context.Request.Cookies[DeviceCookie];

    /// <summary>The name of the browser, given to it now when it has none.</summary>
    public string KeepDevice(HttpContext context)
    {
        var device = Device(context) is { Length: 43 } known ? known : Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).TrimEnd('=');
        Set(context, DeviceCookie, device, DeviceLasts);
        return device;
    }

    long? Read(string cookie)
    {
        try
        {
            return long.Parse(_protector.Unprotect(cookie), NumberStyles.None, CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            return null;
        }
    }

    void Set(HttpContext context, string name, string value, TimeSpan lasts) => context.Response.Cookies.Append(name, value, Options(lasts));

    CookieOptions Options(TimeSpan? lasts) => new()
    {
        HttpOnly = true,
        Secure = Prefix.Length > 0,
        SameSite = SameSiteMode.Lax,
        Path = "/",
        MaxAge = lasts,
        IsEssential = true,
    };
}

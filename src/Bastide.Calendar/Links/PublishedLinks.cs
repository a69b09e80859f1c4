using System.Globalization;
using System.Net;
using Bastide.Calendar.Store;
using Bastide.Platform.Db;
using Bastide.Platform.Limits;
using Microsoft.AspNetCore.Http;

namespace Bastide.Calendar.Links;

/// <summary>
/// Finds what is published under a token, at a measure: whoever guesses is soon asked to wait, and what is revoked looks as if
/// it had never been.
/// </summary>
sealed class PublishedLinks(Database database, Limiter limiter)
{
    static readonly RateLimit Misses = new("calendar-link-misses", 20, 20 / 600.0);
    static readonly RateLimit Readings = new("calendar-link-readings", 60, 1);
    static readonly ConcurrencyLimit AtOnce = new("calendar-links", 4);

    /// <summary>The link and a place to read it in; null where the request was answered: there is none, or it is to wait.</summary>
    public async Task<OpenedLink?> Open(HttpContext context, string token)
    {
        var remote = RemoteOf(context);
        if (!limiter.HasRoom(Misses, remote, out var wait))
        {
            Wait(context, wait);
            return null;
        }

        var hash = LinkToken.HashOf(token);
        var (link, calendar) = hash is null ? default : await database.Read(async scope =>
        {
            var link = await LinkTable.Find(scope, hash);
            return (link, link is null ? null : await CalendarTable.Find(scope, link.Account, link.CalendarId));
        }, context.RequestAborted);
        if (link is null || calendar is null)
        {
            limiter.TryTake(Misses, remote, out _);
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return null;
        }

        var place = limiter.TryEnter(AtOnce, link.Id.ToString(CultureInfo.InvariantCulture));
        if (place is null)
        {
            Wait(context, TimeSpan.FromSeconds(1));
            return null;
        }

        return new OpenedLink(link, calendar, place);
    }

    /// <summary>Whether what has this tag is to be told; false where the request was answered: nothing changed, or it is to wait.</summary>
    public bool MayRead(HttpContext context, string etag)
    {
        if (context.Request.Headers.IfNoneMatch.ToString().Split(',').Any(tag => tag.Trim() is "*" || tag.Trim().TrimStart('W', '/') == etag))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return false;
        }

        if (limiter.TryTake(Readings, RemoteOf(context), out var wait)) return true;
        Wait(context, wait);
        return false;
    }

    static string RemoteOf(HttpContext context) => Limiter.KeyOf(context.Connection.RemoteIpAddress ?? IPAddress.Loopback);

    static void Wait(HttpContext context, TimeSpan wait)
    {
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.Headers.RetryAfter = Math.Ceiling(Math.Min(wait.TotalSeconds, 3600)).ToString(CultureInfo.InvariantCulture);
    }
}

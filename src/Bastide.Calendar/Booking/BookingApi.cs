using System.Globalization;
using System.Net;
using System.Net.Mime;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bastide.Platform.Limits;
using Bastide.Protocols.ICalendar;
using Bastide.Protocols.Jmap;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using NodaTime;
using NodaTime.Text;

namespace Bastide.Calendar.Booking;

/// <summary>
/// What the page at <c>/book/TOKEN</c> asks, for whoever knows the token; see docs/protocols/calendar.md. It takes no cookie
/// and no other credential, so that no other site can do anything in somebody's name. Whoever guesses is soon asked to wait.
/// </summary>
sealed class BookingApi(Bookings bookings, Limiter limiter)
{
    const int LongestBody = 64 << 10;

    static readonly RateLimit Misses = new("booking-misses", 20, 20 / 600.0);
    static readonly RateLimit Readings = new("booking-readings", 120, 2);
    static readonly RateLimit OfSource = new("bookings-of-source", 10, 10 / 3600.0);
    static readonly RateLimit OfPage = new("bookings-of-page", 60, 60 / 3600.0);
    static readonly RateLimit MailsToGuest = new("booking-mails-to-guest", 6, 6 / 3600.0);
    static readonly RateLimit Changes = new("booking-changes", 10, 10 / 600.0);

    /// <summary>Where it is found.</summary>
    public static void Map(WebApplication app, Func<BookingApi> api)
    {
        var group = app.MapGroup("/book/api").AllowAnonymous();
        group.MapGet("/pages/{token}", (HttpContext context, string token) => api().Page(context, token));
        group.MapGet("/pages/{token}/slots", (HttpContext context, string token) => api().Slots(context, (from, to) => api().Bookings.Slots(token, from, to, context.RequestAborted)));
        group.MapPost("/pages/{token}/bookings", (HttpContext context, string token) => api().Book(context, token));
        group.MapGet("/bookings/{secret}", (HttpContext context, string secret) => api().Booking(context, secret));
        group.MapGet("/bookings/{secret}/slots", (HttpContext context, string secret) => api().Slots(context, (from, to) => api().Bookings.SlotsOf(secret, from, to, context.RequestAborted)));
        group.MapGet("/bookings/{secret}/event.ics", (HttpContext context, string secret) => api().File(context, secret));
        group.MapPost("/bookings/{secret}/move", (HttpContext context, string secret) => api().Move(context, secret));
        group.MapPost("/bookings/{secret}/cancel", (HttpContext context, string secret) => api().Cancel(context, secret));
        // The page itself is the web client's; where nothing is to be booked, it says so with the status of that.
        app.Use(async (context, next) =>
        {
            if (context.Request.Path.Value is { } path && path.StartsWith("/book/", StringComparison.Ordinal) && !path.StartsWith("/book/api/", StringComparison.Ordinal) && !await api().IsThere(context, path["/book/".Length..]))
                context.Response.OnStarting(() =>
                {
                    if (context.Response.StatusCode is StatusCodes.Status200OK) context.Response.StatusCode = StatusCodes.Status404NotFound;
                    return Task.CompletedTask;
                });
            await next(context);
        });
    }

    Bookings Bookings => bookings;

    async Task<bool> IsThere(HttpContext context, string name)
    {
        context.Response.Headers["X-Robots-Tag"] = "noindex";
        var remote = RemoteOf(context);
        if (!limiter.HasRoom(Misses, remote, out _)) return false;
        const string manage = "manage/";
        var isThere = name.StartsWith(manage, StringComparison.Ordinal)
            ? await bookings.Find(name[manage.Length..], context.RequestAborted) is not null
            : await bookings.Offer(name, context.RequestAborted) is not null;
        if (!isThere) limiter.TryTake(Misses, remote, out _);
        return isThere;
    }

    async Task Page(HttpContext context, string token)
    {
        if (!await MayRead(context)) return;
        if (await bookings.Offer(token, context.RequestAborted) is not { } offer) await Missed(context);
        else await Answer(context, StatusCodes.Status200OK, Show(offer));
    }

    async Task Slots(HttpContext context, Func<Instant, Instant, ValueTask<IReadOnlyList<Instant>?>> find)
    {
        if (!await MayRead(context)) return;
        var (from, to) = (MomentOf(context.Request.Query["from"]), MomentOf(context.Request.Query["to"]));
        if (from is not { } begin || to is not { } end || end <= begin || end - begin > Duration.FromDays(BookingSlots.MostDays))
        {
            await Refuse(context, StatusCodes.Status400BadRequest, "invalid", $"Ask with from and to, moments of UTC that lie at most {BookingSlots.MostDays} days apart.");
            return;
        }

        try
        {
            if (await find(begin, end) is not { } slots) await Missed(context);
            else await Answer(context, StatusCodes.Status200OK, new JsonObject { ["slots"] = new JsonArray([.. slots.Select(slot => (JsonNode)Write(slot))]) });
        }
        catch (ExpansionRefusedException)
        {
            await Refuse(context, StatusCodes.Status503ServiceUnavailable, "unavailable", "The calendar holds too much to be looked through: ask who sent you the link.");
        }
    }

    async Task Book(HttpContext context, string token)
    {
        if (!await MayRead(context) || await Body(context) is not { } body) return;
        var address = body["address"].AsText()?.Trim().ToLowerInvariant() ?? "";
        var request = MomentOf(body["start"].AsText()) is { } start && body["name"].AsText() is { } name && body["answers"] is null or JsonArray
            ? new BookingRequest(start, name, address, [.. (body["answers"] as JsonArray ?? []).Select(answer => answer.AsText() ?? "")], body["timeZone"].AsText() ?? "", body["language"].AsText() ?? "")
            : null;
        if (request is null)
        {
            await Refuse(context, StatusCodes.Status400BadRequest, "invalid", "A booking has a start, a name and an address.");
            return;
        }

        // A field that people do not see was filled in: a program believes that it has booked.
        if (body["website"].AsText() is { Length: > 0 })
        {
            await Answer(context, StatusCodes.Status201Created, new JsonObject { ["start"] = Write(request.Start), ["end"] = Write(request.Start + Duration.FromMinutes(30)) });
            return;
        }

        // What is counted by page is counted of pages that are there alone.
        if (await bookings.Offer(token, context.RequestAborted) is null)
        {
            await Missed(context);
            return;
        }

        if (!await MayTake(context, OfSource, RemoteOf(context)) || !await MayTake(context, OfPage, token) || !await MayTake(context, MailsToGuest, address)) return;
        await Answer(context, await bookings.Book(token, request, context.RequestAborted), StatusCodes.Status201Created);
    }

    async Task Booking(HttpContext context, string secret)
    {
        if (!await MayRead(context)) return;
        if (await bookings.Find(secret, context.RequestAborted) is not { } booking)
        {
            await Missed(context);
            return;
        }

        await Answer(context, StatusCodes.Status200OK, new JsonObject
        {
            ["page"] = Show(booking.Offer),
            ["isOpen"] = booking.IsOpen,
            ["name"] = booking.GuestName,
            ["timeZone"] = booking.TimeZone,
            ["start"] = booking.Times is { } times ? Write(times.Start) : null,
            ["end"] = booking.Times is { } until ? Write(until.End) : null,
        });
    }

    async Task File(HttpContext context, string secret)
    {
        if (!await MayRead(context)) return;
        if (await bookings.Find(secret, context.RequestAborted) is not { File: { } file })
        {
            await Missed(context);
            return;
        }

        Protect(context);
        context.Response.ContentType = "text/calendar; charset=utf-8";
        context.Response.Headers.ContentDisposition = new ContentDisposition { DispositionType = DispositionTypeNames.Attachment, FileName = "event.ics" }.ToString();
        await context.Response.Body.WriteAsync(file, context.RequestAborted);
    }

    async Task Move(HttpContext context, string secret)
    {
        if (!await MayRead(context) || await Body(context) is not { } body) return;
        if (MomentOf(body["start"].AsText()) is not { } start)
        {
            await Refuse(context, StatusCodes.Status400BadRequest, "invalid", "Say with start when it is to begin.");
            return;
        }

        if (!await MayChange(context, secret)) return;
        await Answer(context, await bookings.Move(secret, start, body["timeZone"].AsText(), context.RequestAborted), StatusCodes.Status200OK);
    }

    async Task Cancel(HttpContext context, string secret)
    {
        if (!await MayRead(context) || await Body(context) is null || !await MayChange(context, secret)) return;
        await Answer(context, await bookings.Cancel(secret, context.RequestAborted), StatusCodes.Status200OK);
    }

    static JsonObject Show(BookingOffer offer) => new()
    {
        ["title"] = offer.Settings.Title,
        ["description"] = offer.Settings.Description,
        ["location"] = offer.Settings.Location,
        ["duration"] = offer.Settings.Duration,
        ["host"] = offer.Host,
        ["timeZone"] = offer.Settings.TimeZone,
        ["first"] = Write(offer.First),
        ["lastDay"] = LocalDatePattern.Iso.Format(offer.Last),
        ["questions"] = new JsonArray([.. offer.Settings.Questions.Select(question => (JsonNode)new JsonObject { ["label"] = question.Label, ["isRequired"] = question.IsRequired, ["isLong"] = question.IsLong })]),
    };

    static async Task Answer(HttpContext context, BookingOutcome outcome, int done)
    {
        if (outcome.Failure is { } failure)
        {
            var (status, name) = failure switch
            {
                BookingFailure.NotFound => (StatusCodes.Status404NotFound, "notFound"),
                BookingFailure.Taken => (StatusCodes.Status409Conflict, "taken"),
                BookingFailure.TooMany => (StatusCodes.Status403Forbidden, "tooMany"),
                BookingFailure.Over => (StatusCodes.Status410Gone, "over"),
                _ => (StatusCodes.Status400BadRequest, "invalid"),
            };
            await Refuse(context, status, name, outcome.Description!);
            return;
        }

        var json = new JsonObject { ["start"] = Write(outcome.Start), ["end"] = Write(outcome.End) };
        if (outcome.Secret is { } secret) json["secret"] = secret;
        await Answer(context, done, json);
    }

    async Task Missed(HttpContext context)
    {
        limiter.TryTake(Misses, RemoteOf(context), out _);
        await Refuse(context, StatusCodes.Status404NotFound, "notFound", BookingOutcome.NotFound.Description!);
    }

    async Task<bool> MayRead(HttpContext context)
    {
        var remote = RemoteOf(context);
        if (limiter.HasRoom(Misses, remote, out var wait) && limiter.TryTake(Readings, remote, out wait)) return true;
        await Wait(context, wait);
        return false;
    }

    async Task<bool> MayTake(HttpContext context, RateLimit limit, string key)
    {
        if (limiter.TryTake(limit, key, out var wait)) return true;
        await Wait(context, wait);
        return false;
    }

    /// <summary>Each change sends mails; whoever guesses is counted like any other.</summary>
    async Task<bool> MayChange(HttpContext context, string secret)
    {
        if (await bookings.Find(secret, context.RequestAborted) is not null) return await MayTake(context, Changes, secret);
        await Missed(context);
        return false;
    }

    static async Task Wait(HttpContext context, TimeSpan wait)
    {
        context.Response.Headers.RetryAfter = Math.Ceiling(Math.Min(wait.TotalSeconds, 3600)).ToString(CultureInfo.InvariantCulture);
        await Refuse(context, StatusCodes.Status429TooManyRequests, "wait", "That was a lot at once: wait a while and try again.");
    }

    /// <summary>The JSON of a request; null where it is none, which is answered then.</summary>
    static async Task<JsonObject?> Body(HttpContext context)
    {
        // Forms of other sites cannot send JSON without asking.
        if (!context.Request.HasJsonContentType())
        {
            await Refuse(context, StatusCodes.Status415UnsupportedMediaType, "invalid", "Send JSON.");
            return null;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = LongestBody;
        try
        {
            if (await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted) is JsonObject json) return json;
        }
        catch (Exception exception) when (exception is JsonException or BadHttpRequestException or ArgumentException)
        {
            // Answered below like any other JSON that is no object.
        }

        await Refuse(context, StatusCodes.Status400BadRequest, "invalid", $"That is no object of JSON of at most {LongestBody} octets.");
        return null;
    }

    static Task Refuse(HttpContext context, int status, string name, string description) => Answer(context, status, new JsonObject { ["error"] = name, ["description"] = description });

    static async Task Answer(HttpContext context, int status, JsonObject json)
    {
        Protect(context);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(json.ToJsonString()), context.RequestAborted);
    }

    static void Protect(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex";
    }

    static string RemoteOf(HttpContext context) => Limiter.KeyOf(context.Connection.RemoteIpAddress ?? IPAddress.Loopback);

    static Instant? MomentOf(string? text) => InstantPattern.ExtendedIso.Parse(text ?? "") is { Success: true } parsed ? parsed.Value : null;

    static string Write(Instant moment) => InstantPattern.General.Format(moment);
}

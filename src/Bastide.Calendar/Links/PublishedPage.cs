using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Bastide.Calendar.Store;
using Bastide.Platform.Db;
using Bastide.Platform.Settings;
using Bastide.Protocols.ICalendar;
using Microsoft.AspNetCore.Http;
using NodaTime;
using NodaTime.Text;

namespace Bastide.Calendar.Links;

/// <summary>
/// <c>GET /s/TOKEN</c>: a published calendar for people, four weeks at a time, who need neither an account nor a calendar
/// program. It says what the same link tells programs, and nothing else. A page of its own: style and script stand in it and are
/// allowed by their hashes alone.
/// </summary>
sealed class PublishedPage(Database database, PublishedLinks links, PublishedDays days, BastideSettings settings, TimeProvider time)
{
    const int Length = 28;
    const int Farthest = 731;
    const int LongestDescription = 600;

    // Letters of every script stand as they are.
    static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
    static readonly string Style = Asset("published.css");
    static readonly string Script = Asset("published.js");
    static readonly string Policy = $"default-src 'none'; style-src '{HashOf(Style)}'; script-src '{HashOf(Script)}'; base-uri 'none'; form-action 'none'";

    public async Task Handle(HttpContext context, string token)
    {
        var texts = PublishedTexts.For(context);
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = Policy;
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex";
        headers.ContentLanguage = texts.Language;
        headers.Vary = "Accept-Language";
        using var opened = await links.Open(context, token);
        if (opened is null)
        {
            if (context.Response.StatusCode == StatusCodes.Status404NotFound) await Answer(context, Frame(texts, texts.GoneTitle, new StringBuilder(), $"<h1>{Text(texts.GoneTitle)}</h1><p>{Text(texts.GoneText)}</p>"));
            return;
        }

        var (link, calendar) = (opened.Link, opened.Calendar);
        var zone = TimeZoneNames.Zone(calendar.TimeZone ?? await OwnersZone(link, context.RequestAborted));
        zone ??= await days.ZoneOf(link, Instant.FromDateTimeOffset(time.GetUtcNow()).InUtc().Date, context.RequestAborted);
        var today = Instant.FromDateTimeOffset(time.GetUtcNow()).InZone(zone).Date;
        var from = LocalDatePattern.Iso.Parse(context.Request.Query["from"].ToString()) is { Success: true, Value: var asked } ? asked : today;
        from = LocalDate.Max(today.PlusDays(-Farthest), LocalDate.Min(today.PlusDays(Farthest), from));
        var etag = string.Create(CultureInfo.InvariantCulture, $"\"{link.Id}-{calendar.MembersSeq}-{calendar.ChangedSeq}-{from:yyyyMMdd}-{today:yyyyMMdd}-{texts.Language}\"");
        headers.ETag = etag;
        headers.CacheControl = "private, max-age=300";
        if (!links.MayRead(context, etag)) return;
        var found = await days.Read(link, from, from.PlusDays(Length), zone, texts.Busy, context.RequestAborted);
        await Answer(context, Page(texts, token, link, calendar, zone, today, from, found));
    }

    async ValueTask<string?> OwnersZone(LinkRow link, CancellationToken cancellation) =>
        (await database.Read(scope => CalendarTable.DefaultZones(scope, [link.Account]), cancellation)).GetValueOrDefault(link.Account);

    static async Task Answer(HttpContext context, string html)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        if (!HttpMethods.IsHead(context.Request.Method)) await context.Response.WriteAsync(html, context.RequestAborted);
    }

    string Page(PublishedTexts texts, string token, LinkRow link, CalendarRow calendar, DateTimeZone zone, LocalDate today, LocalDate from, IReadOnlyList<PublishedEvent>? found)
    {
        var address = new Uri(settings.Url, $"s/{token}.ics");
        var webcal = new UriBuilder(address) { Scheme = "webcal", Port = address.IsDefaultPort ? -1 : address.Port }.Uri;
        var last = from.PlusDays(Length - 1);
        var body = new StringBuilder();
        body.Append(CultureInfo.InvariantCulture, $"""
            <header>
            <h1>{Text(calendar.Name)}</h1>
            <p class="soft">{Text(texts.Days(from, last))}</p>
            <div class="actions">
            <a class="button first" href="{Text(webcal.AbsoluteUri)}" title="{Text(texts.SubscribeText)}">{Text(texts.Subscribe)}</a>
            <button class="button" type="button" hidden data-copy="{Text(address.AbsoluteUri)}" data-copied="{Text(texts.Copied)}">{Text(texts.Copy)}</button>
            <a class="button" href="{Text(address.AbsolutePath)}">{Text(texts.Download)}</a>
            </div>
            </header>
            <nav aria-label="{Text(texts.Periods)}">
            {Turn(texts, "prev", texts.Earlier, from.PlusDays(-Length), from.PlusDays(-Length) >= today.PlusDays(-Farthest))}
            {Turn(texts, "", texts.Today, today, true)}
            {Turn(texts, "next", texts.Later, from.PlusDays(Length), from.PlusDays(Length) <= today.PlusDays(Farthest))}
            </nav>
            """);
        if (link.Detail == LinkDetail.FreeBusy) body.Append(CultureInfo.InvariantCulture, $"<p class=\"note\">{Text(texts.OnlyBusy)}</p>");
        var shown = found?.Take(PublishedDays.Most).ToList() ?? [];
        for (var day = from; day <= last; day = day.PlusDays(1)) AddDay(body, texts, day, from, today, shown);
        if (found is not null && found.Count == 0) body.Append(CultureInfo.InvariantCulture, $"<p class=\"none\">{Text(texts.Nothing)}</p>");
        if (found is null || found.Count > PublishedDays.Most) body.Append(CultureInfo.InvariantCulture, $"<p class=\"note\">{Text(texts.TooMuch)}</p>");
        return Frame(texts, calendar.Name, body, $"<p>{Text(texts.Zone(zone.Id))} <a href=\"?lang={texts.Other.Language}&amp;from={Iso(from)}\" lang=\"{texts.Other.Language}\" hreflang=\"{texts.Other.Language}\">{texts.OtherName}</a></p>");
    }

    static string Turn(PublishedTexts texts, string relation, string label, LocalDate to, bool isThere) =>
        !isThere ? "" : $"<a href=\"?from={Iso(to)}&amp;lang={texts.Language}\"{(relation.Length == 0 ? "" : $" rel=\"{relation}\"")}>{Text(label)}</a>";

    /// <summary>A day with what is on it. What lasts longer stands on the day it begins, or the first that is shown.</summary>
    static void AddDay(StringBuilder body, PublishedTexts texts, LocalDate day, LocalDate first, LocalDate today, List<PublishedEvent> events)
    {
        var own = events.FindAll(one => one.Begin.Date == day || (day == first && one.Begin.Date < day && one.LastDay >= day));
        if (own.Count == 0) return;
        body.Append(CultureInfo.InvariantCulture, $"<section{(day == today ? " class=\"today\"" : "")}><h2>{Text(texts.Day(day))}</h2><ul>");
        foreach (var one in own.OrderByDescending(one => one.IsAllDay || one.Begin.Date < day))
        {
            var until = one.LastDay > day ? $" <span class=\"soft\">{Text(texts.Until(one.LastDay))}</span>" : "";
            body.Append(CultureInfo.InvariantCulture, $"<li><p class=\"when\">{Text(When(texts, one, day))}{until}</p><div><h3>{Text(one.Title.Length == 0 ? "–" : one.Title)}</h3>");
            if (one.Place.Length > 0) body.Append(CultureInfo.InvariantCulture, $"<p class=\"soft\">{Text(one.Place)}</p>");
            if (one.Description.Length > 0) body.Append(CultureInfo.InvariantCulture, $"<p class=\"more\">{Text(one.Description.Length > LongestDescription ? one.Description[..LongestDescription] + "…" : one.Description)}</p>");
            body.Append("</div></li>");
        }

        body.Append("</ul></section>");
    }

    static string When(PublishedTexts texts, PublishedEvent one, LocalDate day)
    {
        if (one.IsAllDay) return texts.AllDay;
        var begin = one.Begin.Date == day ? Clock(one.Begin) : "…";
        return one.End == one.Begin ? begin : $"{begin} – {(one.LastDay == day ? Clock(one.End) : "…")}";
    }

    static string Clock(LocalDateTime at) => at.ToString("HH':'mm", CultureInfo.InvariantCulture);

    static string Iso(LocalDate day) => LocalDatePattern.Iso.Format(day);

    static string Frame(PublishedTexts texts, string title, StringBuilder body, string foot) => $"""
        <!doctype html>
        <html lang="{texts.Language}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="robots" content="noindex">
        <title>{Text(title)}</title>
        <style>{Style}</style>
        </head>
        <body>
        <a class="skip" href="#main">{Text(texts.Skip)}</a>
        <main id="main" tabindex="-1">
        {body}
        {(body.Length == 0 ? foot : "")}
        </main>
        {(body.Length == 0 ? "" : $"<footer>{foot}</footer>")}
        <script>{Script}</script>
        </body>
        </html>
        """;

    static string Text(string text) => Encoder.Encode(text);

    static string HashOf(string content) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)));

    static string Asset(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{typeof(PublishedPage).Namespace}.Assets.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

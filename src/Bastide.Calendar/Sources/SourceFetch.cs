using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Bastide.Platform.Net;

namespace Bastide.Calendar.Sources;

/// <summary>
/// Reads an address of somebody's choice: over the connections that reach the public internet alone, each redirect anew, and
/// never more than <see cref="MostOctets"/> or longer than a minute.
/// </summary>
sealed class SourceFetch(OutgoingHttp http, TimeProvider time)
{
    /// <summary>The most octets of a source.</summary>
    public const int MostOctets = 20 << 20;

    const int MostRedirects = 5;
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(24);

    /// <summary>Reads it, unless it is what it was when these tags were told.</summary>
    public async Task<SourceAnswer> Get(Uri url, string? etag, string? lastModified, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Longest);
        try
        {
            for (var redirects = 0; redirects <= MostRedirects; redirects++)
            {
                using var response = await Send(url, etag, lastModified, patience.Token);
                if (!IsRedirect(response.StatusCode)) return await Read(response, etag, lastModified, patience.Token);
                if (response.Headers.Location is not { } location || Follow(url, location) is not { } next) return SourceAnswer.Failed("httpStatus", "The address leads to one that cannot be followed.");
                url = next;
            }

            return SourceAnswer.Failed("httpStatus", "The address leads from one to the next without end.");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return SourceAnswer.Failed("unreachable", "The server did not answer in time.");
        }
        catch (HttpRequestException exception) when (exception.InnerException is AddressRefusedException || exception is { InnerException.InnerException: AddressRefusedException })
        {
            return SourceAnswer.Failed("forbiddenAddress", "The address is not on the public internet.");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException)
        {
            return SourceAnswer.Failed("unreachable", "The server cannot be reached.");
        }
    }

    async Task<HttpResponseMessage> Send(Uri url, string? etag, string? lastModified, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.TryAddWithoutValidation("Accept", "text/calendar, */*;q=0.1");
        if (etag is not null) request.Headers.TryAddWithoutValidation("If-None-Match", etag);
        if (lastModified is not null) request.Headers.TryAddWithoutValidation("If-Modified-Since", lastModified);
        return await http.Create().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
    }

    async Task<SourceAnswer> Read(HttpResponseMessage response, string? etag, string? lastModified, CancellationToken cancellation)
    {
        if (response.StatusCode == HttpStatusCode.NotModified) return new SourceAnswer { ETag = etag, LastModified = lastModified };
        if (response.StatusCode != HttpStatusCode.OK)
            return SourceAnswer.Failed("httpStatus", string.Create(CultureInfo.InvariantCulture, $"The server answered {(int)response.StatusCode}."), RetryAfter(response));
        if (response.Content.Headers.ContentLength > MostOctets) return TooLarge();
        await using var content = await response.Content.ReadAsStreamAsync(cancellation);
        using var octets = new MemoryStream();
        var buffer = new byte[81_920];
        while (await content.ReadAsync(buffer, cancellation) is var read and > 0)
        {
            if (octets.Length + read > MostOctets) return TooLarge();
            octets.Write(buffer, 0, read);
        }

        return new SourceAnswer
        {
            Octets = octets.ToArray(),
            ETag = response.Headers.TryGetValues("ETag", out var tags) ? Short(tags.First()) : null,
            LastModified = response.Content.Headers.TryGetValues("Last-Modified", out var times) ? Short(times.First()) : null,
        };
    }

    TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? (header?.Date is { } date ? date - time.GetUtcNow() : null);
        return wait is null || wait <= TimeSpan.Zero ? null : wait < LongestRetryAfter ? wait : LongestRetryAfter;
    }

    static SourceAnswer TooLarge() => SourceAnswer.Failed("tooLarge", $"It has more than {MostOctets >> 20} MiB.");

    static string? Short(string text) => text.Length <= 1000 ? text : null;

    static bool IsRedirect(HttpStatusCode status) => status is HttpStatusCode.Moved or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    /// <summary>Where a redirect leads; null where that is not the web, or less safe than where it comes from.</summary>
    static Uri? Follow(Uri from, Uri location)
    {
        if (!Uri.TryCreate(from, location, out var to) || to.UserInfo.Length > 0) return null;
        return to.Scheme == Uri.UriSchemeHttps || (to.Scheme == Uri.UriSchemeHttp && from.Scheme == Uri.UriSchemeHttp) ? to : null;
    }
}

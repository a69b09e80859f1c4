using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Bastide.Abstractions.Jmap;
using Bastide.Platform.Net;

namespace Bastide.Protocols.Jmap.Push;

/// <summary>Posts a message to a push service. RFC 8030 §5, RFC 8620 §7.2.</summary>
sealed class PushSender(OutgoingHttp http, Vapid vapid, TimeProvider time)
{
    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
    static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(24);
    const int TimeToLive = 24 * 3600;
    const int TimeToLiveOfObjects = 2 * 3600;

    /// <summary>Sends it, encrypted where the device gave keys. The JSON must fit <see cref="WebPushEncryption.LongestText"/>.</summary>
    public async Task<PushOutcome> Send(PushSubscription subscription, JsonObject message, CancellationToken cancellation)
    {
        using var request = Request(subscription, message);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(LongestWait);
        try
        {
            // Whatever the service says beyond its status is of no interest and is not read.
            using var response = await http.Create().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            return Judge(response);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new PushOutcome(PushOutcomeKind.TryAgain, "The push service did not answer in time.");
        }
        catch (HttpRequestException exception) when (exception.InnerException is AddressRefusedException || exception is { InnerException.InnerException: AddressRefusedException })
        {
            return new PushOutcome(PushOutcomeKind.Gone, "The push service is not on the public internet.");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException)
        {
            return new PushOutcome(PushOutcomeKind.TryAgain, "The push service cannot be reached.");
        }
    }

    HttpRequestMessage Request(PushSubscription subscription, JsonObject message)
    {
        var text = JmapJson.ToOctets(message);
        var content = new ByteArrayContent(subscription.Keys is { } keys ? WebPushEncryption.Encrypt(text.Span, keys) : text.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (subscription.Keys is not null) content.Headers.ContentEncoding.Add("aes128gcm");
        var request = new HttpRequestMessage(HttpMethod.Post, subscription.Url) { Content = content };
        // What is not a state is for a person who waits for it, now or not at all.
        var isState = JmapJson.Text(message["@type"]) == "StateChange";
        request.Headers.Add("TTL", (isState ? TimeToLive : TimeToLiveOfObjects).ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("Urgency", isState ? "normal" : "high");
        request.Headers.TryAddWithoutValidation("Authorization", vapid.Authorization(subscription.Url));
        return request;
    }

    PushOutcome Judge(HttpResponseMessage response)
    {
        var status = string.Create(CultureInfo.InvariantCulture, $"The push service answered {(int)response.StatusCode}.");
        if (response.IsSuccessStatusCode) return new PushOutcome(PushOutcomeKind.Accepted, status);
        return response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone
            ? new PushOutcome(PushOutcomeKind.Gone, status)
            : new PushOutcome(PushOutcomeKind.TryAgain, status, RetryAfter(response.Headers.RetryAfter));
    }

    TimeSpan? RetryAfter(RetryConditionHeaderValue? header)
    {
        var wait = header?.Delta ?? (header?.Date is { } date ? date - time.GetUtcNow() : null);
        return wait is null || wait <= TimeSpan.Zero ? null : wait < LongestRetryAfter ? wait : LongestRetryAfter;
    }
}

using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Bastide.Calendar.Tests.Sources;

/// <summary>Somebody who publishes a calendar on loopback, and does what a test wants.</summary>
sealed class Publisher : IAsyncDisposable
{
    readonly WebApplication _app;

    Publisher(WebApplication app) => _app = app;

    /// <summary>Where it is.</summary>
    public string Address => _app.Urls.First() + "/feed.ics";

    /// <summary>Answers the next requests.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = _ => Task.CompletedTask;

    /// <summary>How many requests came.</summary>
    public int Asked { get; private set; }

    public static async Task<Publisher> Open()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var publisher = new Publisher(builder.Build());
        publisher._app.Run(context =>
        {
            publisher.Asked++;
            return publisher.Answer(context);
        });
        await publisher._app.StartAsync();
        return publisher;
    }

    /// <summary>Publishes a text.</summary>
    public void Publish(byte[] text, string? etag = null) => Answer = async context =>
    {
        if (etag is not null) context.Response.Headers.ETag = etag;
        if (etag is not null && context.Request.Headers.IfNoneMatch == etag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = "text/calendar";
        await context.Response.Body.WriteAsync(text);
    };

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

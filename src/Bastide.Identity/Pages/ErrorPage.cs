using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bastide.Identity.Pages;

/// <summary>What a person sees when a page fails: that it did, never why. Why is in the log.</summary>
static class ErrorPage
{
    /// <summary>Puts it behind an endpoint.</summary>
    public static void Add(EndpointBuilder endpoint)
    {
        if (endpoint.RequestDelegate is { } handle) endpoint.RequestDelegate = context => Handle(context, handle);
    }

    static async Task Handle(HttpContext context, RequestDelegate handle)
    {
        try
        {
            await handle(context);
        }
        catch (Exception exception) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested && exception is not BadHttpRequestException)
        {
            context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ErrorPage)).LogError(exception, "The page {Path} failed", context.Request.Path);
            context.Response.Clear();
            var texts = Texts.For(context);
            await Page.Message(context, texts.FailedTitle, texts.FailedText, StatusCodes.Status500InternalServerError).ExecuteAsync(context);
        }
    }
}

using System.Net;
using System.Text.Json;
using Bastide.Platform.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Bastide.Platform.Telemetry;

/// <summary><c>/health/live</c>, <c>/health/ready</c> and <c>/metrics</c>.</summary>
public static class HealthEndpoints
{
    /// <summary>
    /// Maps them. Live answers while the process answers at all; ready names what is wrong, with status 503. Metrics are
    /// for the own network: a peer on the public internet, or one that a proxy forwards, is told there is no such page.
    /// </summary>
    public static WebApplication MapBastideHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = Write }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = Write }).AllowAnonymous();
        app.UseOpenTelemetryPrometheusScrapingEndpoint(context => context.Request.Path == "/metrics" && IsOfOwnNetwork(context));
        return app;
    }

    static bool IsOfOwnNetwork(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } peer && (IPAddress.IsLoopback(peer) || !PublicAddress.Is(peer))
        && !context.Request.Headers.ContainsKey("X-Forwarded-For") && !context.Request.Headers.ContainsKey("Forwarded");

    static Task Write(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "application/json";
        var checks = new Dictionary<string, object>();
        foreach (var (name, entry) in report.Entries)
            checks[name] = entry.Description is { } trouble ? new { status = Word(entry.Status), trouble } : new { status = Word(entry.Status) };
        return JsonSerializer.SerializeAsync(context.Response.Body, new { status = Word(report.Status), checks }, JsonSerializerOptions.Web, context.RequestAborted);
    }

    static string Word(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "healthy",
        HealthStatus.Degraded => "degraded",
        _ => "unhealthy",
    };
}

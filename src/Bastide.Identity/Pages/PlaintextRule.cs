using System.Net;
using Bastide.Platform.Settings;
using Microsoft.AspNetCore.Http;

namespace Bastide.Identity.Pages;

/// <summary>Where a password may cross without TLS: <c>BASTIDE_AUTH__PLAINTEXT</c>.</summary>
static class PlaintextRule
{
    public static bool Allows(HttpContext context, BastideSettings settings) => context.Request.IsHttps || settings.AuthPlaintext switch
    {
        PlaintextAuth.Always => true,
        PlaintextAuth.Never => false,
        // No address: an in-process server, as in tests.
        _ => context.Connection.RemoteIpAddress is not { } remote || IPAddress.IsLoopback(remote),
    };
}

using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Bastide.Identity.Http;

/// <summary>
/// Bounds what anybody may post to the pages, the authorization server and the administration API. The program's own
/// bound is made for files; a form, which is read into memory, is a few hundred octets, and a passkey's answer some
/// thousand.
/// </summary>
static class FormBound
{
    const long Most = 256 * 1024;
    static readonly PathString[] Places = ["/connect", "/signin", "/account", "/admin"];

    public static Task Keep(HttpContext context, RequestDelegate next)
    {
        if (Array.Exists(Places, place => context.Request.Path.StartsWithSegments(place))
            && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } bound)
            bound.MaxRequestBodySize = Most;
        return next(context);
    }
}

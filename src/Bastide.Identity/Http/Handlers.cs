using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Bastide.Identity.Http;

/// <summary>
/// Handlers as plain request delegates: nothing is bound by reflection, so that the first request does not wait for code
/// to be made for every route there is.
/// </summary>
static class Handlers
{
    public static RequestDelegate Of(Func<HttpContext, Task<IResult>> handle) => async context => await (await handle(context)).ExecuteAsync(context);

    public static RequestDelegate Of(Func<HttpContext, IResult> handle) => context => handle(context).ExecuteAsync(context);

    /// <summary>A handler that is a method of a service.</summary>
    public static RequestDelegate Of<T>(Func<T, HttpContext, Task<IResult>> handle)
        where T : notnull => Of(context => handle(context.RequestServices.GetRequiredService<T>(), context));
}

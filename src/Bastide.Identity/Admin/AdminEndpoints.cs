using System.Reflection;
using Bastide.Identity.Http;
using Bastide.Platform.Db;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;

namespace Bastide.Identity.Admin;

/// <summary>
/// The administration API under <c>/admin/api/</c>, with its OpenAPI document beside it. A caller needs the scope
/// <c>admin</c> and sees the domains they administer; the rest does not exist. The document is written by hand, so that
/// it says what a reader needs; tests hold every route and every answer to it.
/// </summary>
static class AdminEndpoints
{
    public const string Root = "/admin/api";

    /// <summary>Every verb there is.</summary>
    public static readonly IReadOnlyList<AdminRoute> Routes =
        [.. DomainApi.Routes, .. UserApi.Routes, .. AdministratorApi.Routes, .. CredentialApi.Routes, .. AliasApi.Routes, .. TeamApi.Routes, .. AuditApi.Routes];

    static readonly byte[] Document = ReadDocument();

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Root + "/openapi.json", Handlers.Of(_ => Results.Bytes(Document, "application/json"))).AllowAnonymous();
        var api = routes.MapGroup(Root).RequireAuthorization();
        foreach (var route in Routes) api.MapMethods(route.Path, [route.Method], Handlers.Of(context => Handle(context, route)));
        // Less particular than any route, so it takes what none of them does.
        api.Map("/{**path}", Handlers.Of(Unknown));
    }

    static async Task<IResult> Handle(HttpContext context, AdminRoute route)
    {
        context.Response.Headers.CacheControl = "no-store";
        var call = new AdminCall(context);
        var domains = await call.Get<Database>().Read(scope => Administrators.DomainsOf(scope, call.Actor), call.Cancellation);
        if (domains is { Length: 0 })
            return AdminProblem.Of(StatusCodes.Status403Forbidden, "Only administrators may use this: sign in as one, with a credential that covers the scope admin.");
        try
        {
            return await route.Handle(call);
        }
        catch (UnreadableException unreadable)
        {
            return AdminProblem.Of(unreadable.Status, unreadable.Message);
        }
    }

    static IResult Unknown(HttpContext context)
    {
        var path = "/" + context.Request.RouteValues["path"];
        string[] methods = [.. Routes.Where(route => IsAt(route, path)).Select(route => route.Method)];
        if (methods.Length == 0) return AdminProblem.Of(StatusCodes.Status404NotFound, $"There is nothing at this address; {Root}/openapi.json lists what there is.");
        context.Response.Headers.Allow = string.Join(", ", methods);
        return AdminProblem.Of(StatusCodes.Status405MethodNotAllowed, $"The methods here are {string.Join(", ", methods)}.");
    }

    static bool IsAt(AdminRoute route, string path) => new TemplateMatcher(TemplateParser.Parse(route.Path), []).TryMatch(path, []);

    static byte[] ReadDocument()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(typeof(AdminEndpoints).Namespace + ".openapi.json")!;
        var body = new byte[stream.Length];
        stream.ReadExactly(body);
        return body;
    }
}

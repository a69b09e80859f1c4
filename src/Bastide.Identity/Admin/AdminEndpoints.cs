using Bastide.Abstractions.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Bastide.Identity.Admin;

/// <summary>
/// The administration API under <c>/admin/api/</c>, with its OpenAPI document beside it. Errors are problem details
/// (RFC 9457). A caller needs the scope <c>admin</c> and sees the domains they administer; the rest does not exist.
/// </summary>
static class AdminEndpoints
{
    const string Root = "/admin/api";

    public static void AddServices(IServiceCollection services)
    {
        services.AddProblemDetails();
        services.AddOpenApi(options =>
        {
            options.ShouldInclude = description => description.RelativePath?.StartsWith("admin/api/", StringComparison.Ordinal) == true;
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new()
                {
                    Title = "Bastide administration API",
                    Version = "1",
                    Description = "Domains, people, teams, their credentials and sessions, and the audit log. Send an access token with the scope admin, or an administrator's address and password.",
                };
                return Task.CompletedTask;
            });
        });
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi(Root + "/openapi.json").AllowAnonymous();
        var api = routes.MapGroup(Root).RequireAuthorization().AddEndpointFilter(OnlyAdministrators);
        api.ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden);
        DomainApi.Map(api.MapGroup("/domains").WithTags("Domains"));
        UserApi.Map(api.MapGroup("/users").WithTags("Users"));
        CredentialApi.Map(api.MapGroup("/users/{address}").WithTags("Credentials and sessions"));
        AliasApi.Map(api.MapGroup("/aliases").WithTags("Aliases"));
        TeamApi.Map(api.MapGroup("/teams").WithTags("Teams"));
        AuditApi.Map(api.MapGroup("/audit").WithTags("Audit"));
    }

    /// <summary>Who asks, for the operations.</summary>
    public static Actor Actor(this HttpContext context) => Identity.Actor.Of(context.RequiredCaller(), context.Connection.RemoteIpAddress);

    /// <summary>A refusal as problem details.</summary>
    public static IResult Problem(this Refusal refusal) => Results.Problem(
        title: refusal.Description,
        statusCode: refusal.Kind switch
        {
            RefusalKind.NotFound => StatusCodes.Status404NotFound,
            RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
            RefusalKind.Invalid => StatusCodes.Status422UnprocessableEntity,
            _ => StatusCodes.Status409Conflict,
        });

    /// <summary>204, or the refusal.</summary>
    public static IResult Answer(this Refusal? refusal) => refusal?.Problem() ?? Results.NoContent();

    /// <summary>The bound on a page.</summary>
    public static int Limit(int? asked) => Math.Clamp(asked ?? 100, 1, 500);

    static async ValueTask<object?> OnlyAdministrators(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        var database = context.RequestServices.GetRequiredService<Platform.Db.Database>();
        var actor = context.Actor();
        var domains = await database.Read(scope => Administrators.DomainsOf(scope, actor), context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        return domains is { Length: 0 }
            ? Results.Problem(title: "Only administrators may use this, with a credential that covers the scope admin.", statusCode: StatusCodes.Status403Forbidden)
            : await next(invocation);
    }
}

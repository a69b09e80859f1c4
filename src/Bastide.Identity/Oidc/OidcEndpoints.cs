using Bastide.Identity.Http;
using Bastide.Identity.Pages;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Bastide.Identity.Oidc;

/// <summary>The endpoints that OpenIddict leaves to us; discovery, keys, revocation, introspection and device authorization are its own.</summary>
static class OidcEndpoints
{
    static readonly string[] GetAndPost = ["GET", "POST"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        var connect = routes.MapGroup("/connect");
        connect.MapMethods("/authorize", GetAndPost, Interactive<Authorize>((endpoint, context) => endpoint.Handle(context)));
        connect.MapMethods("/endsession", GetAndPost, Interactive<EndSession>((endpoint, context) => endpoint.Handle(context)));
        connect.MapMethods("/verify", GetAndPost, Interactive<Verify>((endpoint, context) => endpoint.Handle(context)));
        connect.MapPost("/token", Handlers.Of<Token>((endpoint, context) => endpoint.Handle(context)));
        connect.MapMethods("/userinfo", GetAndPost, Handlers.Of<UserInfo>((endpoint, context) => endpoint.Handle(context)));
        connect.MapPost("/register", Handlers.Of<Register>((endpoint, context) => endpoint.Handle(context)));
    }

    /// <summary>An endpoint a person looks at: an error that must not be sent to the application becomes a page.</summary>
    static RequestDelegate Interactive<T>(Func<T, HttpContext, Task<IResult>> handle)
        where T : notnull => Handlers.Of<T>((endpoint, context) =>
        {
            var error = context.GetOpenIddictServerResponse();
            if (error?.Error is not { Length: > 0 }) return handle(endpoint, context);
            var texts = Texts.For(context);
            return Task.FromResult(Page.Card(context, texts.RefusedTitle, Html.Of($"""
                <h1>{texts.RefusedTitle}</h1>
                <p class="lead">{texts.RefusedText}</p>
                <p class="alert" lang="en">{error.ErrorDescription ?? error.Error}</p>
                <div class="buttons"><a class="button" href="/">{texts.BackToWorkplace}</a></div>
                """), StatusCodes.Status400BadRequest));
        });
}

using Bastide.Identity.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bastide.Identity.Tests.Pages;

public sealed class ErrorPageTests
{
    [Fact]
    public async Task A_page_that_fails_says_so_in_the_person_s_language_and_never_why()
    {
        using var body = new MemoryStream();
        var context = Context(body);
        await Behind(_ => throw new InvalidOperationException("SELECT secret FROM table"))(context);
        context.Response.StatusCode.ShouldBe(500);
        context.Response.Headers.ContentSecurityPolicy.ToString().ShouldContain("frame-ancestors 'none'");
        context.Response.Headers.SetCookie.ShouldBeEmpty();
        var html = System.Text.Encoding.UTF8.GetString(body.ToArray());
        html.ShouldContain("<h1>Un probl&#xE8;me est survenu");
        html.ShouldNotContain("secret");
    }

    [Fact]
    public async Task A_page_that_does_not_fail_is_left_alone()
    {
        using var body = new MemoryStream();
        var context = Context(body);
        await Behind(http => http.Response.WriteAsync("fine"))(context);
        (context.Response.StatusCode, body.Length).ShouldBe((200, 4));
    }

    static RequestDelegate Behind(RequestDelegate page)
    {
        var endpoint = new RouteEndpointBuilder(page, RoutePatternFactory.Parse("/account"), 0);
        ErrorPage.Add(endpoint);
        return endpoint.RequestDelegate!;
    }

    static DefaultHttpContext Context(Stream body)
    {
        var services = new ServiceCollection().AddLogging(logging => logging.ClearProviders()).BuildServiceProvider();
        var context = new DefaultHttpContext { RequestServices = services };
        context.Request.Method = "GET";
        context.Request.Path = "/account";
        context.Request.Headers.AcceptLanguage = "fr";
        context.Response.Headers.SetCookie = "half=done";
        context.Response.Body = body;
        return context;
    }
}

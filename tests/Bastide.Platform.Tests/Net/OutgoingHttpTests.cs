using System.Net;
using System.Net.Security;
using Bastide.Platform.Net;
using Bastide.Platform.Settings;
using Bastide.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;

namespace Bastide.Platform.Tests.Net;

public sealed class OutgoingHttpTests : IDisposable
{
    readonly TempDirectory _directory = new();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("http://localhost:{0}/")]
    [InlineData("http://127.0.0.1:{0}/")]
    [InlineData("http://[::1]:{0}/")]
    [InlineData("http://0.0.0.0:{0}/")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}/")]
    [InlineData("http://2130706433:{0}/")]
    public async Task Addresses_of_the_inside_are_never_reached(string url)
    {
        await using var server = await Serve(tls: null);
        using var outgoing = new OutgoingHttp(TestSettings.In(_directory.Path));
        using var client = outgoing.Create();
        var refused = await Should.ThrowAsync<HttpRequestException>(client.GetAsync(new Uri(string.Format(System.Globalization.CultureInfo.InvariantCulture, url, server.Port)), Cancellation));
        refused.InnerException.ShouldBeOfType<AddressRefusedException>();
        server.Requests.ShouldBe(0);
    }

    [Fact]
    public async Task Tests_may_reach_them_and_redirects_are_not_followed()
    {
        await using var server = await Serve(tls: null);
        using var outgoing = new OutgoingHttp(TestSettings.In(_directory.Path) with { TestPrivateAddresses = true });
        using var client = outgoing.Create();
        (await client.GetStringAsync(new Uri($"http://localhost:{server.Port}/"), Cancellation)).ShouldBe("hello");
        (await client.GetAsync(new Uri($"http://localhost:{server.Port}/elsewhere"), Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_certificate_of_an_unknown_authority_is_refused_and_one_of_the_added_authority_is_not()
    {
        var settings = TestSettings.In(_directory.Path) with { TestPrivateAddresses = true };
        var certificates = new TlsCertificates(settings, TimeProvider.System, NullLogger<TlsCertificates>.Instance);
        await using var server = await Serve(certificates);
        using (var strict = new OutgoingHttp(settings))
        using (var client = strict.Create())
            (await Should.ThrowAsync<HttpRequestException>(client.GetAsync(new Uri($"https://localhost:{server.Port}/"), Cancellation))).InnerException.ShouldBeOfType<System.Security.Authentication.AuthenticationException>();

        using var trusting = new OutgoingHttp(settings with { TestTrustedCa = _directory.Below("tls", "certificate.pem") });
        using var trusted = trusting.Create();
        (await trusted.GetStringAsync(new Uri($"https://localhost:{server.Port}/"), Cancellation)).ShouldBe("hello");
        // The right authority for the wrong name is still the wrong name.
        await using var stream = new SslStream(await trusting.Connect("localhost", server.Port, Cancellation), false, trusting.ValidateServer);
        await Should.ThrowAsync<System.Security.Authentication.AuthenticationException>(stream.AuthenticateAsClientAsync("example.org"));
    }

    async Task<Server> Serve(TlsCertificates? tls)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = _directory.Path });
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenAnyIP(0, listen =>
        {
            if (tls is not null) listen.UseHttps(https => https.ServerCertificateSelector = (_, name) => tls.Select(name));
        }));
        var app = builder.Build();
        var server = new Server(app);
        app.MapGet("/", () => { server.Count(); return "hello"; });
        app.MapGet("/elsewhere", () => { server.Count(); return Results.Redirect("/"); });
        await app.StartAsync(Cancellation);
        return server;
    }

    sealed class Server(WebApplication app) : IAsyncDisposable
    {
        int _requests;

        public int Requests => _requests;

        public int Port => new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;

        public void Count() => Interlocked.Increment(ref _requests);

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}

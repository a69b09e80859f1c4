using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Bastide.Abstractions.Http;
using Bastide.Abstractions.Identity;
using Bastide.Identity;
using Bastide.Platform;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;
using Bastide.Platform.Modules;
using Bastide.Protocols.Dav;
using Bastide.Protocols.Jmap;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shouldly;

namespace Bastide.Testing;

/// <summary>
/// A module with the real directory over a fixture's database, JMAP and DAV on loopback, with a clock of the test. Whoever a
/// request names is who asks. Nothing runs in the background.
/// </summary>
/// <typeparam name="TPerson">How somebody of it speaks.</typeparam>
public abstract class ModuleWorkplace<TPerson> : IAsyncDisposable
    where TPerson : JmapSpeaker
{
    const string Scheme = "Test";
    static int s_people;

    static readonly Sql UpdateQuota = new("UPDATE accounts SET quota = $2 WHERE id = $1");

    readonly WebApplication _app;
    readonly Func<HttpClient, AccountId, string, TPerson> _speaker;

    /// <summary>Takes over what <see cref="Open"/> opened.</summary>
    protected ModuleWorkplace(DatabaseFixture fixture, WebApplication app, Func<HttpClient, AccountId, string, TPerson> speaker)
    {
        Fixture = fixture;
        _app = app;
        _speaker = speaker;
        Origin = new Uri(app.Urls.First() + "/");
    }

    public DatabaseFixture Fixture { get; }

    public FakeTime Time => (FakeTime)Get<TimeProvider>();

    public Uri Origin { get; }

    public IServiceProvider Services => _app.Services;

    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>Somebody of the workplace, with what everyone begins with. Their address is their own: the tests of a class share a database.</summary>
    public async Task<TPerson> Add(string name = "alice")
    {
        var address = AddressOf(name);
        var added = await Get<People>().Add(new NewPerson(address, char.ToUpperInvariant(name[0]) + name[1..], "correct horse battery"), Actor.Operator, CancellationToken.None);
        return Client(added.Value!.Account, address);
    }

    /// <summary>A team with members.</summary>
    public async Task<TPerson> AddTeam(string name, params TPerson[] members)
    {
        var address = AddressOf(name);
        var added = await Get<Teams>().Add(address, name, Actor.Operator, CancellationToken.None);
        foreach (var member in members) (await Get<Teams>().SetMember(address, member.Address, TeamRole.Member, Actor.Operator, CancellationToken.None)).ShouldBeNull();
        return Client(added.Value!.Account, address);
    }

    /// <summary>Gives somebody rights on an account, or on one collection of it.</summary>
    protected Task Give(TPerson owner, TPerson grantee, Rights rights, CollectionRef? collection) =>
        Fixture.Database.Write(scope => Access.Give(scope, new Grant(owner.Account, collection, grantee.Account, rights)), CancellationToken.None);

    public Task SetQuota(TPerson person, long octets) =>
        Fixture.Database.Write(async scope => { await scope.Execute(UpdateQuota, person.Account, octets); }, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        using var shortly = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _app.StopAsync(shortly.Token);
        await _app.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the module, with what a test puts in the place of other modules.</summary>
    protected static async Task<WebApplication> Open(DatabaseFixture fixture, IModule module, Action<IServiceCollection>? others = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var services = builder.Services;
        services.AddSingleton<TimeProvider>(new FakeTime());
        services.AddPlatform(fixture.Settings, []);
        services.AddJmap();
        services.AddDav();
        new IdentityModule().AddServices(services, fixture.Settings);
        module.AddServices(services, fixture.Settings);
        others?.Invoke(services);
        services.RemoveAll<IHostedService>();
        services.AddSingleton(fixture.Feed);
        services.AddSingleton(fixture.Database);
        services.AddKeyedSingleton(PlatformServices.BlobsKey, fixture.BlobDatabase);
        services.AddSingleton(fixture.Blobs);
        services.AddAuthentication(Scheme).AddScheme<AuthenticationSchemeOptions, NamedPerson>(Scheme, null);
        services.AddAuthorization();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapJmap();
        app.MapDav();
        module.Map(app);
        await app.StartAsync();
        return app;
    }

    static string AddressOf(string name) => $"{name}{Interlocked.Increment(ref s_people)}@{TestSettings.Domain}";

    TPerson Client(AccountId account, string address)
    {
        var http = new HttpClient { BaseAddress = Origin, Timeout = TimeSpan.FromMinutes(2) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(Scheme, $"{account.Value} {address}");
        return _speaker(http, account, address);
    }

    sealed class NamedPerson(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (!AuthenticationHeaderValue.TryParse(Request.Headers.Authorization, out var header) || header.Parameter?.Split(' ') is not [var id, var address])
                return Task.FromResult(AuthenticateResult.NoResult());
            var person = new AccountId(long.Parse(id, CultureInfo.InvariantCulture));
            Context.SetCaller(new Caller(person, address, person.Value, Caller.AllScopes));
            var principal = new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", id)], Scheme.Name));
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(principal, Scheme.Name)));
        }
    }
}

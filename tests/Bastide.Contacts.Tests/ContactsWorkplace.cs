using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Bastide.Abstractions.Http;
using Bastide.Abstractions.Identity;
using Bastide.Abstractions.Mail;
using Bastide.Identity;
using Bastide.Platform;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;
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

namespace Bastide.Contacts.Tests;

/// <summary>
/// The contacts with the real directory over a fixture's database, JMAP and DAV on loopback, with a clock of the test. Whoever a
/// request names is who asks. The organisation's address book follows when the test says so.
/// </summary>
public sealed class ContactsWorkplace : IAsyncDisposable
{
    const string Scheme = "Test";
    static int s_people;

    static readonly Sql UpdateQuota = new("UPDATE accounts SET quota = $2 WHERE id = $1");

    readonly WebApplication _app;

    ContactsWorkplace(DatabaseFixture fixture, WebApplication app, FakeTime time)
    {
        Fixture = fixture;
        _app = app;
        Time = time;
        Origin = new Uri(app.Urls.First() + "/");
    }

    public DatabaseFixture Fixture { get; }

    public FakeTime Time { get; }

    public Uri Origin { get; }

    public AddressBooks Books => Get<AddressBooks>();

    public ContactCards Cards => Get<ContactCards>();

    public CardDocuments Documents => Get<CardDocuments>();

    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    public static async Task<ContactsWorkplace> Start(DatabaseFixture fixture)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var time = new FakeTime();
        var services = builder.Services;
        services.AddSingleton<TimeProvider>(time);
        services.AddPlatform(fixture.Settings, []);
        services.AddJmap();
        services.AddDav();
        new IdentityModule().AddServices(services, fixture.Settings);
        new ContactsModule().AddServices(services, fixture.Settings);
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
        await app.StartAsync();
        return new ContactsWorkplace(fixture, app, time);
    }

    /// <summary>Somebody of the workplace, with the address book everyone begins with. Their address is their own: the tests of a class share a database.</summary>
    public async Task<ContactsPerson> Add(string name = "alice")
    {
        var address = AddressOf(name);
        var added = await Get<People>().Add(new NewPerson(address, char.ToUpperInvariant(name[0]) + name[1..], "correct horse battery"), Actor.Operator, CancellationToken.None);
        return Client(added.Value!.Account, address);
    }

    /// <summary>A team with members.</summary>
    public async Task<ContactsPerson> AddTeam(string name, params ContactsPerson[] members)
    {
        var address = AddressOf(name);
        var added = await Get<Teams>().Add(address, name, Actor.Operator, CancellationToken.None);
        foreach (var member in members) (await Get<Teams>().SetMember(address, member.Address, TeamRole.Member, Actor.Operator, CancellationToken.None)).ShouldBeNull();
        return Client(added.Value!.Account, address);
    }

    /// <summary>Gives somebody rights on an account, or on one address book of it.</summary>
    public Task Give(ContactsPerson owner, ContactsPerson grantee, Rights rights, long? book = null) =>
        Fixture.Database.Write(scope => Access.Give(scope, new Grant(owner.Account, book is { } id ? new CollectionRef(ContactTypes.AddressBook, id) : null, grantee.Account, rights)), CancellationToken.None);

    public Task SetQuota(ContactsPerson person, long octets) =>
        Fixture.Database.Write(async scope => { await scope.Execute(UpdateQuota, person.Account, octets); }, CancellationToken.None);

    /// <summary>Somebody writes a letter.</summary>
    public Task Write(ContactsPerson from, params SentTo[] to) =>
        Fixture.Database.Write(scope => Get<ISentMailListener>().Sent(scope, from.Account, to, Time.GetUtcNow()), CancellationToken.None);

    /// <summary>Brings the organisation's address book up to date.</summary>
    public Task FollowDirectory() => ActivatorUtilities.CreateInstance<DirectoryWatch>(_app.Services).All(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        using var shortly = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _app.StopAsync(shortly.Token);
        await _app.DisposeAsync();
    }

    static string AddressOf(string name) => $"{name}{Interlocked.Increment(ref s_people)}@{TestSettings.Domain}";

    ContactsPerson Client(AccountId account, string address)
    {
        var http = new HttpClient { BaseAddress = Origin, Timeout = TimeSpan.FromMinutes(2) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(Scheme, $"{account.Value} {address}");
        return new ContactsPerson(http, account, address);
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

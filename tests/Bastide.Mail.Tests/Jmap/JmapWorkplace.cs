using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using Bastide.Abstractions.Http;
using Bastide.Abstractions.Identity;
using Bastide.Mail.Delivery;
using Bastide.Mail.Tests.Smtp;
using Bastide.Platform;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;
using Bastide.Platform.Jobs;
using Bastide.Platform.Net;
using Bastide.Protocols.Jmap;
using Bastide.Testing;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Bastide.Mail.Tests.Jmap;

/// <summary>
/// Mail over JMAP on loopback over a fixture's database, with a directory and a clock of the test. Whoever a request names is
/// who asks. Jobs run when the test says so.
/// </summary>
sealed class JmapWorkplace : IAsyncDisposable
{
    const string Scheme = "Test";

    static readonly Sql UpdateQuota = new("UPDATE accounts SET quota = $2 WHERE id = $1");

    readonly WebApplication _app;

    JmapWorkplace(DatabaseFixture fixture, WebApplication app, FakeDirectory directory, FakeTime time)
    {
        Fixture = fixture;
        _app = app;
        Directory = directory;
        Time = time;
        Origin = new Uri(app.Urls.First() + "/");
        Transfer = new IPEndPoint(IPAddress.Loopback, new Uri(app.Urls.ElementAt(1)).Port);
    }

    public DatabaseFixture Fixture { get; }

    public FakeDirectory Directory { get; }

    public FakeTime Time { get; }

    public Uri Origin { get; }

    /// <summary>Where other servers' mail comes in.</summary>
    public IPEndPoint Transfer { get; }

    public FakeDns Dns => (FakeDns)Services.GetRequiredService<IDnsResolver>();

    public IServiceProvider Services => _app.Services;

    public static async Task<JmapWorkplace> Start(DatabaseFixture fixture, DeliveryLimits? delivery = null)
    {
        var settings = fixture.Settings with { TestPrivateAddresses = true };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var directory = new FakeDirectory();
        var time = new FakeTime();
        var services = builder.Services;
        services.AddSingleton<TimeProvider>(time);
        services.AddSingleton<IDnsResolver>(new FakeDns());
        services.AddSingleton<IDirectory>(directory);
        services.AddSingleton<ISignIn>(new FakeSignIn(directory));
        services.AddSingleton(delivery ?? new DeliveryLimits());
        services.AddPlatform(settings, []);
        services.AddJmap();
        var module = new MailModule();
        module.AddServices(services, settings);
        services.RemoveAll<IHostedService>();
        services.AddSingleton(fixture.Feed);
        services.AddSingleton(fixture.Database);
        services.AddKeyedSingleton(PlatformServices.BlobsKey, fixture.BlobDatabase);
        services.AddSingleton(fixture.Blobs);
        services.AddAuthentication(Scheme).AddScheme<AuthenticationSchemeOptions, NamedPerson>(Scheme, null);
        services.AddAuthorization();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            module.Listen(kestrel, settings);
        });
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapJmap();
        await app.StartAsync();
        return new JmapWorkplace(fixture, app, directory, time);
    }

    /// <summary>Somebody of the primary domain, with the mailboxes everyone begins with.</summary>
    public async Task<JmapPerson> Add(string name, AccountKind kind = AccountKind.User, params string[] aliases)
    {
        // The tests of a class share a database, and each has its own alice.
        var address = $"{name}@{TestSettings.Domain}";
        var account = await Fixture.Database.Write(async scope =>
        {
            var id = await AccountTable.Create(scope, kind, name, null, Time.GetUtcNow());
            foreach (var listener in Services.GetServices<IAccountListener>()) await listener.Created(scope, id, kind, name, address);
            return id;
        }, CancellationToken.None);
        Directory.Add(new DirectoryEntry(account, kind, name, address, [.. aliases.Select(alias => $"{alias}@{TestSettings.Domain}")], false));
        var http = new HttpClient { BaseAddress = Origin, Timeout = TimeSpan.FromMinutes(2) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(Scheme, $"{account.Value} {address}");
        return new JmapPerson(this, http, account, address);
    }

    public Task Give(AccountId account, AccountId grantee, Rights rights, long? mailbox = null) =>
        Fixture.Database.Write(scope => Access.Give(scope, new Grant(account, mailbox is { } id ? new CollectionRef(MailTypes.Mailbox, id) : null, grantee, rights)), CancellationToken.None);

    public Task SetQuota(AccountId account, long octets) =>
        Fixture.Database.Write(async scope => { await scope.Execute(UpdateQuota, account, octets); }, CancellationToken.None);

    /// <summary>A message arrives in the account's inbox, or where it is said.</summary>
    public async Task<long> Deliver(AccountId account, string message, DateTimeOffset? receivedAt = null, IReadOnlyList<long>? mailboxes = null)
    {
        var messages = Services.GetRequiredService<Messages>();
        var blob = await Fixture.Blobs.Put(Encoding.UTF8.GetBytes(message.ReplaceLineEndings("\r\n")), CancellationToken.None);
        var parsed = await messages.Parse(blob, CancellationToken.None);
        return await Fixture.Database.Write(async scope =>
            (await messages.Ingest(scope, account, parsed, receivedAt ?? Time.GetUtcNow(), mailboxes)).EmailId, CancellationToken.None);
    }

    public Task<int> RunJobs() => Services.GetRequiredService<JobRunner>().RunDue(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        using var shortly = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _app.StopAsync(shortly.Token);
        await _app.DisposeAsync();
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

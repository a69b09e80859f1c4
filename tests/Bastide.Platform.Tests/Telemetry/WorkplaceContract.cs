using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Platform.Telemetry;
using Bastide.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouldly;

namespace Bastide.Platform.Tests.Telemetry;

public sealed class WorkplaceOnSqlite() : WorkplaceContract(Engine.Sqlite);

public sealed class WorkplaceOnPostgres() : WorkplaceContract(Engine.Postgres);

/// <summary>The square with no house on it starts on an empty directory, says how it is, and stops.</summary>
public abstract class WorkplaceContract(Engine engine) : IAsyncLifetime
{
    readonly TempDirectory _directory = new();
    PostgresCluster? _cluster;
    string _database = "sqlite";

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        if (engine == Engine.Sqlite) return;
        _cluster = await PostgresCluster.Shared();
        _database = await _cluster.CreateDatabase();
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null) await _cluster.DropDatabase(_database);
        _directory.Dispose();
    }

    [Fact]
    public async Task It_starts_on_an_empty_directory_and_is_ready()
    {
        await using var app = Build();
        await app.StartAsync(Cancellation);
        using var client = Client(app);
        (await client.GetAsync(new Uri("/health/live", UriKind.Relative), Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var ready = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), Cancellation);
        var body = await ready.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        ready.StatusCode.ShouldBe(HttpStatusCode.OK, body.ToString());
        body.GetProperty("status").GetString().ShouldBe("healthy");
        body.GetProperty("checks").EnumerateObject().Select(check => check.Name).Order().ShouldBe(["blobs", "database", "jobs", "migrations"]);

        var account = await Database(app).Write(scope => AccountTable.Create(scope, AccountKind.User, "Alice", null, DateTimeOffset.UnixEpoch), Cancellation);
        var blob = await app.Services.GetRequiredService<BlobStore>().Put("hello"u8.ToArray(), Cancellation);
        account.Value.ShouldBeGreaterThan(0);
        blob.Size.ShouldBe(5);
        if (engine == Engine.Sqlite) Directory.GetFiles(_directory.Below("data")).Select(Path.GetFileName).ShouldContain("blobs.db");
        var metrics = await client.GetStringAsync(new Uri("/metrics", UriKind.Relative), Cancellation);
        metrics.ShouldContain("bastide_db_commits");
        app.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Protect("x");
        Directory.GetFiles(_directory.Below("data", "keys")).ShouldNotBeEmpty();
        await app.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Metrics_are_not_for_those_a_proxy_forwards()
    {
        await using var app = Build();
        await app.StartAsync(Cancellation);
        using var client = Client(app);
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        (await client.GetAsync(new Uri("/metrics", UriKind.Relative), Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await app.StopAsync(Cancellation);
    }

    [Fact]
    public async Task What_is_wrong_is_named()
    {
        await using var app = Build();
        await app.StartAsync(Cancellation);
        using var client = Client(app);
        Directory.Delete(_directory.Below("data", "blobs"), recursive: true);
        using var ready = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), Cancellation);
        ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        var body = await ready.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        body.GetProperty("checks").GetProperty("blobs").GetProperty("trouble").GetString()!.ShouldContain("cannot be written");
        body.GetProperty("checks").GetProperty("database").GetProperty("status").GetString().ShouldBe("healthy");
        await app.StopAsync(Cancellation);
    }

    [Fact]
    public async Task The_command_line_works_beside_the_server_and_wakes_its_readers()
    {
        await using var app = Build();
        await app.StartAsync(Cancellation);
        var account = await Database(app).Write(scope => AccountTable.Create(scope, AccountKind.User, "Alice", null, DateTimeOffset.UnixEpoch), Cancellation);
        using var feed = app.Services.GetRequiredService<ChangeFeed>().Subscribe(account);

        var services = new ServiceCollection().AddLogging().AddPlatform(TestSettings.In(_directory.Below("data"), _database), []);
        var seq = default(Sequence);
        await using (var commandLine = services.BuildServiceProvider())
        {
            await commandLine.StartPlatform(Cancellation);
            seq = await commandLine.GetRequiredService<Database>().Write(scope => scope.Advance(account, new DataType("Thing")), Cancellation);
        }

        while ((await Wait.For(feed.Changes.ReadAsync(Cancellation).AsTask())).Seq < seq)
        {
        }

        await app.StopAsync(Cancellation);
    }

    WebApplication Build()
    {
        var settings = TestSettings.In(_directory.Below("data"), _database);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = _directory.Path });
        builder.AddBastideTelemetry(settings);
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddPlatform(settings, []);
        var app = builder.Build();
        app.MapBastideHealth();
        return app;
    }

    static Database Database(WebApplication app) => app.Services.GetRequiredService<Database>();

    static HttpClient Client(WebApplication app) =>
        new() { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
}

using System.Net;
using System.Net.Sockets;
using Bastide.Abstractions.Http;
using Bastide.Abstractions.Identity;
using Bastide.Identity.Credentials;
using Bastide.Platform;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;
using Bastide.Platform.Settings;
using Bastide.Protocols.Jmap;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bastide.Identity.Tests;

/// <summary>
/// The identity module alone on a real Kestrel, over a database of its own. Its clock is the system's plus what a test
/// adds. Tests of a class share it, so each makes people of its own.
/// </summary>
public abstract class IdentityFixture(Engine engine) : IAsyncLifetime
{
    public const string Password = "correct horse battery";
    int _people;
    TestDatabase? _database;
    WebApplication? _app;

    public Uri Url { get; private set; } = null!;

    public IServiceProvider Services => _app!.Services;

    public MovableTime Time { get; } = new();

    public BastideSettings Settings { get; private set; } = null!;

    public CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public People People => Get<People>();

    public Domains Domains => Get<Domains>();

    public Teams Teams => Get<Teams>();

    public Database Database => Get<Database>();

    internal RecordingListener Listener { get; } = new();

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.Create(engine);
        var port = FreePort();
        Url = new Uri($"http://localhost:{port}/");
        Settings = _database.Settings with { Url = Url, Listen = _database.Settings.Listen with { Http = new IPEndPoint(IPAddress.Loopback, port) } };
        _app = Build(Settings, port);
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        if (_database is not null) await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Somebody new with <see cref="Password"/>.</summary>
    public async Task<Person> AddPerson(string name = "person", bool isAdministrator = false, string? password = null)
    {
        var address = $"{name}{Interlocked.Increment(ref _people)}@{TestSettings.Domain}";
        var added = await People.Add(new NewPerson(address, "", password ?? Password) { IsAdministrator = isAdministrator }, Actor.Operator, Cancellation);
        added.Refusal.ShouldBeNull();
        return added.Value!;
    }

    public Browser NewBrowser() => new(Url);

    public async Task<Caller?> SignIn(string user, string password, string protocol = "imap", string remote = "192.0.2.1") =>
        (await Get<ISignIn>().WithPassword(user, password, protocol, IPAddress.Parse(remote), Cancellation)).Caller;

    /// <summary>The latest lines of the audit log about somebody.</summary>
    internal async Task<List<Store.AuditRow>> AuditOf(string target) =>
        [.. (await Database.Read(scope => Store.AuditTable.Page(scope, null, long.MaxValue, 1000), Cancellation)).Where(row => row.Target == target || row.Actor == target)];

    /// <summary>Another node of the same workplace, and the client of a person who reaches it. The caller disposes both.</summary>
    public async Task<(WebApplication Node, Browser Browser)> StartAnotherNode()
    {
        var port = FreePort();
        var node = Build(Settings with { Listen = Settings.Listen with { Http = new IPEndPoint(IPAddress.Loopback, port) } }, port);
        await node.StartAsync();
        return (node, new Browser(new Uri($"http://localhost:{port}/")));
    }

    WebApplication Build(BastideSettings settings, int port)
    {
        var module = new IdentityModule();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddPlatform(settings, [module]);
        builder.Services.AddSingleton<IAccountListener>(Listener);
        builder.Services.AddJmap();
        module.AddServices(builder.Services, settings);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var app = builder.Build();
        // The peer's address is what a test says it is: everything here comes from loopback.
        app.Use((context, next) =>
        {
            if (IPAddress.TryParse(context.Request.Headers["X-Test-Remote"], out var remote)) context.Connection.RemoteIpAddress = remote;
            return next(context);
        });
        module.Map(app);
        app.MapGet("/jmap/whoami", (HttpContext context) => context.RequiredCaller().Address).RequireAuthorization();
        app.MapGet("/jmap/scopes", (HttpContext context) => string.Join(' ', context.RequiredCaller().Scopes.Order())).RequireAuthorization();
        app.MapGet("/jmap/wait", LongPoll).RequireAuthorization();
        return app;
    }

    async Task LongPoll(HttpContext context, ISignIn signIn)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(signIn.Revoked(context.RequiredCaller().Session), context.RequestAborted);
        await context.Response.WriteAsync("waiting\n");
        await context.Response.Body.FlushAsync();
        await Task.Delay(Timeout.InfiniteTimeSpan, both.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        await context.Response.WriteAsync("revoked\n");
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>The system's clock, moved forward by a test; its timers keep the system's pace.</summary>
public sealed class MovableTime : TimeProvider
{
    long _ahead;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _ahead));

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ahead, by.Ticks);
}

sealed class RecordingListener : IAccountListener
{
    public List<string> Heard { get; } = [];

    /// <summary>An address whose birth fails, to see that nothing of it is left.</summary>
    public string? Refuse { get; set; }

    public ValueTask Created(WriteScope scope, AccountId account, AccountKind kind, string name, string address)
    {
        if (address == Refuse) throw new InvalidOperationException("refused by a module");
        lock (Heard) Heard.Add($"created {kind} {address}");
        return ValueTask.CompletedTask;
    }

    public ValueTask Removing(WriteScope scope, AccountId account)
    {
        lock (Heard) Heard.Add($"removing {account}");
        return ValueTask.CompletedTask;
    }
}

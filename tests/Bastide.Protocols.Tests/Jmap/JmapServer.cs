using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using Bastide.Abstractions.Http;
using Bastide.Abstractions.Identity;
using Bastide.Platform;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Platform.Limits;
using Bastide.Protocols.Jmap;
using Bastide.Testing;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Xunit;

namespace Bastide.Protocols.Tests.Jmap;

/// <summary>The engine on a real port, with types of its own (<see cref="Notes"/>) and people named by their bearer token.</summary>
public class JmapServer : IAsyncLifetime
{
    readonly TempDirectory _directory = new();
    WebApplication _app = null!;

    public AccountId Alice { get; private set; }

    public AccountId Bob { get; private set; }

    public Uri Url { get; private set; } = null!;

    public FakeSignIn SignIn { get; } = new();

    public Notes Notes { get; } = new();

    public JmapLimits Limits => _app.Services.GetRequiredService<JmapLimits>();

    protected virtual TimeProvider Time => TimeProvider.System;

    public Database Database => _app.Services.GetRequiredService<Database>();

    public async ValueTask InitializeAsync()
    {
        var settings = TestSettings.In(_directory.Path);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton(Time);
        builder.Services.AddPlatform(settings, []);
        builder.Services.AddJmap();
        builder.Services.AddSingleton<IJmapMethods>(Notes);
        builder.Services.AddSingleton<ISignIn>(SignIn);
        builder.Services.AddSingleton(this);
        builder.Services.AddAuthentication("Test").AddScheme<AuthenticationSchemeOptions, TestAuthentication>("Test", null);
        builder.Services.AddAuthorization();
        _app = builder.Build();
        _app.UseAuthentication();
        _app.UseAuthorization();
        _app.UseWebSockets();
        _app.MapJmap();
        await _app.StartAsync();
        Url = new Uri(_app.Urls.Single() + "/");
        (Alice, Bob) = await Database.Write(async scope => (
            await AccountTable.Create(scope, AccountKind.User, "Alice", 1000, DateTimeOffset.UtcNow),
            await AccountTable.Create(scope, AccountKind.User, "Bob", null, DateTimeOffset.UtcNow)), CancellationToken.None);
    }

    public HttpClient Client(AccountId person)
    {
        var http = new HttpClient { BaseAddress = Url };
        http.DefaultRequestHeaders.Authorization = new("Bearer", person.ToString());
        return http;
    }

    /// <summary>Somebody new, whom no other test knows.</summary>
    public Task<AccountId> Somebody(long? quota = null) =>
        Database.Write(scope => AccountTable.Create(scope, AccountKind.User, "Somebody", quota, DateTimeOffset.UtcNow), CancellationToken.None);

    public Task Give(AccountId account, AccountId grantee, Rights rights) =>
        Database.Write(async scope => { await Access.Give(scope, new Grant(account, null, grantee, rights)); }, CancellationToken.None);

    /// <summary>How many of their places for requests the person takes.</summary>
    public int PlacesTaken(AccountId person) =>
        _app.Services.GetRequiredService<Limiter>().Taken(_app.Services.GetRequiredService<JmapApi>().AtOnce, person.ToString());

    /// <summary>Posts a body to the API as it is.</summary>
    public async Task<(HttpStatusCode Status, string? Type, JsonObject Body)> Post(AccountId person, HttpContent body)
    {
        using var http = Client(person);
        using var response = await http.PostAsync("jmap/api", body);
        return (response.StatusCode, response.Content.Headers.ContentType?.MediaType, (await response.Content.ReadFromJsonAsync<JsonObject>())!);
    }

    public Task<(HttpStatusCode Status, string? Type, JsonObject Body)> Post(AccountId person, string body) =>
        Post(person, new StringContent(body, null, "application/json"));

    /// <summary>A client at the WebSocket.</summary>
    public async Task<WebSocketClient> Socket(AccountId person)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("jmap");
        socket.Options.SetRequestHeader("Authorization", $"Bearer {person}");
        await socket.ConnectAsync(new Uri(Url.ToString().Replace("http", "ws", StringComparison.Ordinal) + "jmap/ws"), CancellationToken.None);
        return new WebSocketClient(socket);
    }

    /// <summary>The responses to these calls, each <c>[name, arguments, id]</c>.</summary>
    public async Task<JsonArray> Call(AccountId person, string calls)
    {
        using var http = Client(person);
        using var response = await http.PostAsync("jmap/api", new StringContent($$"""{"using":["urn:ietf:params:jmap:core","urn:ietf:params:jmap:blob","urn:ietf:params:jmap:quota","urn:example:notes","urn:example:own"],"methodCalls":{{calls}}}""", null, "application/json"));
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonObject>())!["methodResponses"]!.AsArray();
    }

    /// <summary>Moves the notes of an account, as a module's commit would.</summary>
    public Task<Sequence> ChangeNotes(AccountId account) => Change(account, Notes.Note);

    public Task<Sequence> Change(AccountId account, DataType type) => Database.Write(scope => scope.Advance(account, type), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _directory.Dispose();
        GC.SuppressFinalize(this);
    }

    public sealed class FakeSignIn : ISignIn
    {
        readonly ConcurrentDictionary<long, CancellationTokenSource> _sessions = new();

        public void Revoke(long session) => _sessions.GetOrAdd(session, _ => new CancellationTokenSource()).Cancel();

        public CancellationToken Revoked(long session) => _sessions.GetOrAdd(session, _ => new CancellationTokenSource()).Token;

        public ValueTask<SignInResult> WithPassword(string user, string password, string protocol, IPAddress remote, CancellationToken cancellation) => throw new NotSupportedException();

        public ValueTask<SignInResult> WithToken(string token, string protocol, IPAddress remote, CancellationToken cancellation) => throw new NotSupportedException();
    }

    sealed class TestAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            var token = Request.Headers.Authorization.ToString();
            if (!token.StartsWith("Bearer ", StringComparison.Ordinal) || !AccountId.TryParse(token[7..], null, out var person)) return Task.FromResult(AuthenticateResult.NoResult());
            Context.SetCaller(new Caller(person, $"{person}@demo.localhost", person.Value, Caller.AllScopes));
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity("Test")), "Test")));
        }
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using Bastide.Abstractions.Http;
using Bastide.Abstractions.Identity;
using Bastide.Platform;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
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

/// <summary>The engine on a real port, with a type of its own and people named by their bearer token.</summary>
public sealed class JmapServer : IAsyncLifetime
{
    public static readonly DataType Note = new("Note");
    readonly TempDirectory _directory = new();
    WebApplication _app = null!;

    public AccountId Alice { get; private set; }

    public AccountId Bob { get; private set; }

    public Uri Url { get; private set; } = null!;

    public FakeSignIn SignIn { get; } = new();

    public Database Database => _app.Services.GetRequiredService<Database>();

    public async ValueTask InitializeAsync()
    {
        var settings = TestSettings.In(_directory.Path);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddPlatform(settings, []);
        builder.Services.AddJmap();
        builder.Services.AddSingleton<IJmapMethods, Notes>();
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

    /// <summary>The responses to these calls, each <c>[name, arguments, id]</c>.</summary>
    public async Task<JsonArray> Call(AccountId person, string calls)
    {
        using var http = Client(person);
        using var response = await http.PostAsync("jmap/api", new StringContent($$"""{"using":["urn:ietf:params:jmap:core","urn:ietf:params:jmap:blob","urn:ietf:params:jmap:quota","urn:example:notes"],"methodCalls":{{calls}}}""", null, "application/json"));
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonObject>())!["methodResponses"]!.AsArray();
    }

    /// <summary>Moves Alice's notes, as a module's commit would.</summary>
    public Task<Sequence> ChangeNotes(AccountId account) => Database.Write(scope => scope.Advance(account, Note), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _directory.Dispose();
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

    sealed class Notes : IJmapMethods
    {
        public void Register(JmapMethodTable table)
        {
            table.AddCapability("urn:example:notes", _ => [], (_, _, _) => []);
            table.AddType(Note, "urn:example:notes");
            table.Add("Note/fail", "urn:example:notes", _ => throw new InvalidOperationException("the secret of the database"));
            table.Add("Note/twice", "urn:example:notes", async call =>
            {
                await call.Invoke("Core/echo", new JsonObject { ["second"] = true });
                return new JsonObject { ["first"] = true };
            });
            table.Add("Note/set", "urn:example:notes", call =>
            {
                var request = SetRequest.Parse(call);
                var answer = new SetAnswer(call, request);
                foreach (var (creationId, _) in request.Create) answer.Created(creationId, "n1", []);
                foreach (var id in request.Update.Keys) answer.Updated(id);
                foreach (var id in request.Destroy) answer.Destroyed(id);
                return ValueTask.FromResult(answer.ToJson("1", "2"));
            });
        }
    }
}

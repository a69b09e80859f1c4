using System.Collections.Concurrent;
using System.Net;
using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using Bastide.Abstractions.Http;
using Bastide.Abstractions.Identity;
using Bastide.Platform;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;
using Bastide.Protocols.Dav;
using Bastide.Testing;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Xunit;

namespace Bastide.Protocols.Tests.Dav;

/// <summary>
/// The engine on a real port, with a tree of its own (<see cref="Shelves"/>), and alice, bob, a team of both, and full, who
/// has no room. Everybody's password is <see cref="Password"/>.
/// </summary>
public sealed class DavServer : IAsyncLifetime
{
    public const string Password = "bastide-demo";

    readonly TempDirectory _directory = new();
    WebApplication _app = null!;

    public Uri Url { get; private set; } = null!;

    public People Directory { get; } = new();

    public FakeTime Time { get; } = new();

    public Database Database => _app.Services.GetRequiredService<Database>();

    /// <summary>Modules beside <see cref="Shelves"/>, to be set before it starts.</summary>
    public IReadOnlyList<IDavModule> Modules { get; init; } = [];

    /// <summary>The limits, to be set before it starts.</summary>
    public DavLimits Limits { get; init; } = new();

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddPlatform(TestSettings.In(_directory.Path), []);
        builder.Services.AddDav();
        builder.Services.Replace(ServiceDescriptor.Singleton(Limits));
        builder.Services.AddSingleton<IDavModule, Shelves>();
        foreach (var module in Modules) builder.Services.AddSingleton(module);
        builder.Services.AddSingleton<IDirectory>(Directory);
        builder.Services.AddSingleton<ITeamMembership>(Directory);
        builder.Services.AddSingleton(Directory);
        builder.Services.AddAuthentication("Test").AddScheme<AuthenticationSchemeOptions, TestAuthentication>("Test", null);
        builder.Services.AddAuthorization();
        _app = builder.Build();
        _app.Use(async (context, next) =>
        {
            try
            {
                await next(context);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Failures.Enqueue(exception);
                throw;
            }
        });
        _app.UseAuthentication();
        _app.UseAuthorization();
        _app.MapDav();
        await _app.StartAsync();
        Url = new Uri(_app.Urls.Single() + "/");
        var alice = await Add("alice");
        var bob = await Add("bob");
        var team = await Add("team", AccountKind.Team);
        await Add("full", AccountKind.User, quota: 10);
        await Give(team, alice, Rights.Member);
        await Give(team, bob, Rights.Reader);
    }

    /// <summary>What the server failed with.</summary>
    public ConcurrentQueue<Exception> Failures { get; } = new();

    /// <summary>The header somebody signs in with; <c>alice/files</c> for a credential of one scope.</summary>
    public string Credentials(string who) => "Authorization: Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{who}:{Password}"));

    public async Task<AccountId> Add(string name, AccountKind kind = AccountKind.User, long? quota = null)
    {
        var account = await Database.Write(scope => AccountTable.Create(scope, kind, name, quota, Time.GetUtcNow()), CancellationToken.None);
        Directory.Add(new DirectoryEntry(account, kind, char.ToUpperInvariant(name[0]) + name[1..], $"{name}@{TestSettings.Domain}", [], false));
        return account;
    }

    public Task Give(AccountId account, AccountId grantee, Rights rights) =>
        Database.Write(async scope => { await Access.Give(scope, new Grant(account, null, grantee, rights)); }, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _directory.Dispose();
    }

    /// <summary>Basic as the identity module does it, with everybody's password the same; <c>name/scope</c> for a narrower credential.</summary>
    sealed class TestAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, People people)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            var header = Request.Headers.Authorization.ToString();
            if (!header.StartsWith("Basic ", StringComparison.Ordinal)) return AuthenticateResult.NoResult();
            if (Encoding.UTF8.GetString(Convert.FromBase64String(header[6..])).Split(':') is not [var user, Password]) return AuthenticateResult.Fail("wrong");
            var (name, scope) = user.Split('/') is [var first, var second] ? (first, second) : (user, Caller.Everything);
            if (await people.Find($"{name}@{TestSettings.Domain}", CancellationToken.None) is not { } entry) return AuthenticateResult.Fail("nobody");
            Context.SetCaller(new Caller(entry.Account, entry.Address, entry.Account.Value, System.Collections.Frozen.FrozenSet.Create(scope)));
            return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity("Test")), "Test"));
        }

        protected override Task HandleChallengeAsync(AuthenticationProperties properties)
        {
            Response.Headers.WWWAuthenticate = "Basic realm=\"Test\"";
            Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        }
    }
}

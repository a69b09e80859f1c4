using System.Net;
using System.Text;
using Bastide.Abstractions.Identity;
using Bastide.Abstractions.Mail;
using Bastide.Mail.Delivery;
using Bastide.Mail.Imap;
using Bastide.Mail.Smtp;
using Bastide.Platform;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Platform.Jobs;
using Bastide.Platform.Net;
using Bastide.Platform.Settings;
using Bastide.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bastide.Mail.Tests.Smtp;

/// <summary>
/// A mail server on loopback over a fixture's database, with a directory, a sign-in, name servers and a clock of the
/// test. Jobs run when the test says so.
/// </summary>
sealed class MailWorkplace : IAsyncDisposable
{
    static readonly Sql SelectMessages = new("SELECT blob_id FROM messages WHERE account_id = $1 ORDER BY id");
    static readonly Sql UpdateQuota = new("UPDATE accounts SET quota = $2 WHERE id = $1");

    static readonly Sql DeleteJobs = new("DELETE FROM jobs");
    static readonly Sql DeleteOutgoing = new("DELETE FROM outgoing_messages");

    readonly DatabaseFixture _fixture;
    readonly WebApplication _app;
    readonly IPEndPoint[] _endpoints;

    MailWorkplace(DatabaseFixture fixture, WebApplication app, FakeDirectory directory, FakeSignIn signIn, FakeDns dns, FakeTime time)
    {
        _fixture = fixture;
        _app = app;
        Directory = directory;
        SignIn = signIn;
        Dns = dns;
        Time = time;
        _endpoints = [.. app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(a => new IPEndPoint(IPAddress.Loopback, new Uri(a).Port))];
    }

    public FakeDirectory Directory { get; }

    public FakeSignIn SignIn { get; }

    public FakeDns Dns { get; }

    public FakeTime Time { get; }

    public IServiceProvider Services => _app.Services;

    public Database Database => _fixture.Database;

    /// <summary>What other modules heard of mail that was sent.</summary>
    public IReadOnlyCollection<(AccountId Account, string To)> Sent => Services.GetRequiredService<SentMail>().Heard;

    public Submissions Submissions => Services.GetRequiredService<Submissions>();

    public IPEndPoint Transfer => _endpoints[0];

    public IPEndPoint Submission => _endpoints[1];

    public IPEndPoint ImplicitTls => _endpoints[2];

    /// <summary>IMAP, and IMAP over TLS, where the settings open them.</summary>
    public IPEndPoint Imap => _endpoints[3];

    public IPEndPoint Imaps => _endpoints[4];

    public static async Task<MailWorkplace> Start(
        DatabaseFixture fixture, Func<BastideSettings, BastideSettings>? settings = null, SmtpLimits? limits = null, DeliveryLimits? delivery = null, ImapLimits? imap = null)
    {
        var chosen = fixture.Settings with { TestPrivateAddresses = true };
        if (settings is not null) chosen = settings(chosen);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var directory = new FakeDirectory();
        var signIn = new FakeSignIn(directory);
        var dns = new FakeDns();
        var time = new FakeTime();
        var services = builder.Services;
        services.AddSingleton<TimeProvider>(time);
        services.AddSingleton<IDnsResolver>(dns);
        services.AddSingleton<IDirectory>(directory);
        services.AddSingleton<ISignIn>(signIn);
        services.AddSingleton<SentMail>();
        services.AddSingleton<ISentMailListener>(provider => provider.GetRequiredService<SentMail>());
        services.AddSingleton(limits ?? new SmtpLimits());
        services.AddSingleton(delivery ?? new DeliveryLimits());
        services.AddSingleton(imap ?? new ImapLimits());
        services.AddPlatform(chosen, []);
        services.RemoveAll<IHostedService>();
        services.AddSingleton(fixture.Feed);
        services.AddSingleton(fixture.Database);
        services.AddKeyedSingleton(PlatformServices.BlobsKey, fixture.BlobDatabase);
        services.AddSingleton(fixture.Blobs);
        var module = new MailModule();
        module.AddServices(services, chosen);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => module.Listen(kestrel, chosen));
        var app = builder.Build();
        // What another test of the class left in the queue is none of this one's business.
        await fixture.Database.Write(async scope =>
        {
            await scope.Execute(DeleteJobs);
            await scope.Execute(DeleteOutgoing);
        }, CancellationToken.None);
        await app.StartAsync();
        return new MailWorkplace(fixture, app, directory, signIn, dns, time);
    }

    /// <summary>Somebody of the primary domain, with the mailboxes everyone begins with.</summary>
    public async Task<DirectoryEntry> Add(string name, AccountKind kind = AccountKind.User, params string[] aliases)
    {
        var address = $"{name}@{TestSettings.Domain}";
        var account = await Database.Write(async scope =>
        {
            var id = await AccountTable.Create(scope, kind, name, null, Time.GetUtcNow());
            foreach (var listener in Services.GetServices<IAccountListener>()) await listener.Created(scope, id, kind, name, address);
            return id;
        }, CancellationToken.None);
        var entry = new DirectoryEntry(account, kind, name, address, [.. aliases.Select(alias => $"{alias}@{TestSettings.Domain}")], false);
        Directory.Add(entry);
        return entry;
    }

    public Task SetQuota(DirectoryEntry person, long octets) => Database.Write(async scope => { await scope.Execute(UpdateQuota, person.Account, octets); }, CancellationToken.None);

    public Task Give(DirectoryEntry account, DirectoryEntry grantee, Rights rights) =>
        Database.Write(scope => Access.Give(scope, new Grant(account.Account, null, grantee.Account, rights)), CancellationToken.None);

    public static Caller CallerOf(DirectoryEntry person) => new(person.Account, person.Address, person.Account.Value, Caller.AllScopes);

    /// <summary>The messages of an account, whole, in the order they came.</summary>
    public async Task<IReadOnlyList<string>> Messages(DirectoryEntry person)
    {
        var blobs = await Database.Read(scope => scope.List(SelectMessages, row => new BlobId(row.Bytes(0)), person.Account), CancellationToken.None);
        var texts = new List<string>();
        foreach (var blob in blobs)
        {
            await using var stream = await _fixture.Blobs.Open(blob, CancellationToken.None) ?? throw new InvalidOperationException("A message has no content.");
            using var reader = new StreamReader(stream, Encoding.UTF8);
            texts.Add(await reader.ReadToEndAsync());
        }

        return texts;
    }

    public async Task<StoredBlob> Keep(string message) => await _fixture.Blobs.Put(Encoding.UTF8.GetBytes(message.ReplaceLineEndings("\r\n")), CancellationToken.None);

    /// <summary>Runs the jobs that are due, and what becomes due by them.</summary>
    public Task<int> RunJobs() => Services.GetRequiredService<JobRunner>().RunDue(CancellationToken.None);

    public Task StopServer() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        using var shortly = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _app.StopAsync(shortly.Token);
        await _app.DisposeAsync();
    }
}

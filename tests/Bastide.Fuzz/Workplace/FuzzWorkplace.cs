using System.Text;
using Bastide.Abstractions.Identity;
using Bastide.Mail;
using Bastide.Mail.Imap;
using Bastide.Mail.Smtp;
using Bastide.Mail.Tests.Smtp;
using Bastide.Platform;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Platform.Net;
using Bastide.Platform.Search;
using Bastide.Protocols.Jmap;
using Bastide.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;

namespace Bastide.Fuzz.Workplace;

/// <summary>
/// A workplace of three people and a team without a socket, in memory, the same at the beginning of every run. Alice has
/// the messages of <see cref="Letters"/>, and one mailbox of Bob's and the team's are shared with her. Nothing is sent
/// from it: no job runs. One run at a time.
/// </summary>
sealed class FuzzWorkplace
{
    static readonly Lazy<FuzzWorkplace> Made = new(() => Make().GetAwaiter().GetResult());

    readonly MemoryDatabase _database;
    readonly MemoryDatabase _blobs;
    readonly TempDirectory _directory;
    readonly ServiceProvider _services;

    FuzzWorkplace(MemoryDatabase database, MemoryDatabase blobs, ChangeFeed feed, TempDirectory directory)
    {
        (_database, _blobs, _directory) = (database, blobs, directory);
        var settings = TestSettings.In(directory.Path) with { TestNoLimits = true };
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(Errors));
        services.AddSingleton<IHostApplicationLifetime, ApplicationLifetime>();
        services.AddSingleton<TimeProvider>(new FakeTime());
        services.AddSingleton<IDnsResolver>(new FakeDns());
        services.AddSingleton<IDirectory>(People);
        services.AddSingleton<ISignIn>(new FakeSignIn(People));
        // So small that a few thousand octets come to them.
        services.AddSingleton(new ImapLimits { CommandBeforeSignIn = 2048, Command = 16 * 1024, MessageSize = 50_000, AppendedMessages = 10, Errors = 20 });
        services.AddSingleton(new SmtpLimits { CommandLine = 1024, AuthLine = 2048, MessageSize = 10_000, Drain = 20_000, Recipients = 10, IdleCommands = 50, Hops = 5 });
        services.AddPlatform(settings, []);
        services.AddJmap();
        new MailModule().AddServices(services, settings);
        services.RemoveAll<IHostedService>();
        services.AddSingleton(feed);
        services.AddSingleton<Database>(database);
        services.AddKeyedSingleton<Database>(PlatformServices.BlobsKey, blobs);
        _services = services.BuildServiceProvider();
    }

    /// <summary>The one workplace of the process, as it is at the beginning of a run.</summary>
    public static FuzzWorkplace Fresh
    {
        get
        {
            var workplace = Made.Value;
            workplace._database.Restore().GetAwaiter().GetResult();
            workplace._blobs.Restore().GetAwaiter().GetResult();
            return workplace;
        }
    }

    public ErrorLog Errors { get; } = new();

    public FakeDirectory People { get; } = new();

    public DirectoryEntry Alice { get; private set; } = null!;

    public Database Database => _database;

    public BlobStore Blobs => Service<BlobStore>();

    /// <summary>An IMAP server that remembers nothing of the run before.</summary>
    public ImapServer Imap => Service<ImapServer>() with
    {
        MailboxMessages = new MailboxMessages(_database, Service<TimeProvider>()),
        Indexer = new Indexer(_database, Service<ChangeFeed>(), Service<SearchIndex>(), _services.GetServices<IIndexSource>(), Service<TimeProvider>(), Service<ILogger<Indexer>>()),
    };

    public T Service<T>() where T : notnull => _services.GetRequiredService<T>();

    public static Caller CallerOf(DirectoryEntry person) => new(person.Account, person.Address, person.Account.Value, Caller.AllScopes);

    /// <summary>Puts a message into Alice's inbox.</summary>
    public async Task<long> Deliver(ReadOnlyMemory<byte> message)
    {
        var messages = Service<Messages>();
        var parsed = await messages.Parse(await Blobs.Put(message, CancellationToken.None), CancellationToken.None);
        return await _database.Write(async scope => (await messages.Ingest(scope, Alice.Account, parsed, Service<TimeProvider>().GetUtcNow())).EmailId, CancellationToken.None);
    }

    static async Task<FuzzWorkplace> Make()
    {
        await using var template = await TestDatabase.Create(Engine.Sqlite, typeof(MailModule).Assembly);
        var feed = new ChangeFeed();
        var workplace = new FuzzWorkplace(MemoryDatabase.CopyOf(template.Database, feed), MemoryDatabase.CopyOf(template.BlobDatabase, new ChangeFeed()), feed, new TempDirectory());
        AppDomain.CurrentDomain.ProcessExit += (_, _) => workplace._directory.Dispose();
        await workplace.Furnish();
        await workplace._database.Keep();
        await workplace._blobs.Keep();
        return workplace;
    }

    async Task Furnish()
    {
        Alice = await Add("alice", AccountKind.User);
        var bob = await Add("bob", AccountKind.User);
        await Add("chloe", AccountKind.User);
        var team = await Add("sales", AccountKind.Team);
        foreach (var letter in Letters.All) await Deliver(Encoding.UTF8.GetBytes(letter.ReplaceLineEndings("\r\n")));
        await _database.Write(async scope =>
        {
            var shared = await Mailboxes.WithRole(scope, bob.Account, "archive");
            await Access.Give(scope, new Grant(bob.Account, new CollectionRef(MailTypes.Mailbox, shared!.Value), Alice.Account, Rights.Read | Rights.Write));
            await Access.Give(scope, new Grant(team.Account, null, Alice.Account, Rights.Read | Rights.Write | Rights.Delete));
        }, CancellationToken.None);
        // As it would be a moment later.
        await Service<Indexer>().CatchUp(Alice.Account, MailTypes.Email, CancellationToken.None);
    }

    async Task<DirectoryEntry> Add(string name, AccountKind kind)
    {
        var address = $"{name}@{TestSettings.Domain}";
        var account = await _database.Write(async scope =>
        {
            var id = await AccountTable.Create(scope, kind, name, 1024 * 1024, Service<TimeProvider>().GetUtcNow());
            foreach (var listener in _services.GetServices<IAccountListener>()) await listener.Created(scope, id, kind, name, address);
            return id;
        }, CancellationToken.None);
        var entry = new DirectoryEntry(account, kind, name, address, [], false);
        People.Add(entry);
        return entry;
    }
}

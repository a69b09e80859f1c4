using System.Text;
using Bastide.Abstractions.Http;
using Bastide.Abstractions.Identity;
using Bastide.Calendar;
using Bastide.Contacts;
using Bastide.Mail.Tests.Smtp;
using Bastide.Platform;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Protocols.Dav;
using Bastide.Protocols.Jmap;
using Bastide.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;

namespace Bastide.Fuzz.Workplace;

/// <summary>
/// The engine of DAV with calendars and contacts, without a socket, in memory, the same at the beginning of every run. Alice
/// has some of each; Bob has what everyone begins with, and shares his calendar with her. One request at a time.
/// </summary>
sealed class DavWorkplace
{
    const string EventText = """
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//Bastide//Fuzz//EN
        BEGIN:VEVENT
        UID:weekly
        DTSTAMP:20260101T000000Z
        DTSTART;TZID=Europe/Paris:20260105T090000
        DURATION:PT1H
        RRULE:FREQ=WEEKLY
        EXDATE;TZID=Europe/Paris:20260112T090000
        SUMMARY:Harbour
        CATEGORIES:Work,Boats
        X-NOTE;X-P=1:a\, b
        BEGIN:VALARM
        ACTION:DISPLAY
        TRIGGER:-PT15M
        DESCRIPTION:Soon
        END:VALARM
        END:VEVENT
        BEGIN:VEVENT
        UID:weekly
        DTSTAMP:20260101T000000Z
        RECURRENCE-ID;TZID=Europe/Paris:20260119T090000
        DTSTART;TZID=Europe/Paris:20260120T100000
        DURATION:PT2H
        SUMMARY:Harbour moved
        END:VEVENT
        END:VCALENDAR

        """;

    const string OftenText = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:often\nDTSTAMP:20260101T000000Z\nDTSTART:20260101T000000Z\nRRULE:FREQ=HOURLY\nSUMMARY:Tick\nEND:VEVENT\nEND:VCALENDAR\n";
    const string TaskText = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VTODO\nUID:task\nDTSTAMP:20260101T000000Z\nDUE;VALUE=DATE:20260301\nSUMMARY:Paint\nEND:VTODO\nEND:VCALENDAR\n";
    const string CardText = "BEGIN:VCARD\nVERSION:3.0\nUID:card\nFN:Jeanne Dupont\nN:Dupont;Jeanne;;;\nEMAIL;TYPE=WORK:jeanne@example.org\nTEL;TYPE=CELL:+33 1\nNOTE:Likes boats\nEND:VCARD\n";

    static readonly Lazy<DavWorkplace> Made = new(() => Make().GetAwaiter().GetResult());
    static readonly DavPath Mount = DavPath.Mount("/dav");

    readonly MemoryDatabase _database;
    readonly MemoryDatabase _blobs;
    readonly ServiceProvider _services;
    readonly FakeDirectory _people = new();
    DirectoryEntry _alice = null!;

    DavWorkplace(MemoryDatabase database, MemoryDatabase blobs, ChangeFeed feed, TempDirectory directory)
    {
        (_database, _blobs) = (database, blobs);
        var settings = TestSettings.In(directory.Path) with { TestNoLimits = true };
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(Errors));
        services.AddSingleton<IHostApplicationLifetime, ApplicationLifetime>();
        services.AddSingleton<TimeProvider>(new FakeTime());
        services.AddSingleton<IDirectory>(_people);
        services.AddSingleton<ITeamMembership, NoTeams>();
        services.AddSingleton<IShareNotices, NoNotices>();
        services.AddSingleton<IAuditLog, NoAudit>();
        services.AddPlatform(settings, []);
        services.AddJmap();
        services.AddDav();
        // So small that a few thousand octets come to them.
        services.Replace(ServiceDescriptor.Singleton(new DavLimits { XmlOctets = 16 * 1024, XmlElements = 500, XmlDepth = 24, XmlAttributes = 8, Properties = 50, DeadPropertyLength = 1024 }));
        new CalendarModule().AddServices(services, settings);
        new ContactsModule().AddServices(services, settings);
        services.RemoveAll<IHostedService>();
        services.AddSingleton(feed);
        services.AddSingleton<Database>(database);
        services.AddKeyedSingleton<Database>(PlatformServices.BlobsKey, blobs);
        _services = services.BuildServiceProvider();
    }

    /// <summary>The one workplace of the process, as it is at the beginning of a run.</summary>
    public static DavWorkplace Fresh
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

    /// <summary>Alice asks; what she is answered.</summary>
    public async Task<(int Status, string? Type, byte[] Body)> Ask(string method, string path, string depth, byte[] body)
    {
        using var answer = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = _services };
        context.Request.Method = method;
        context.Request.Scheme = "http";
        context.Request.Host = new HostString("localhost");
        context.Request.Path = "/dav/" + path;
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = "/dav/" + path;
        context.Request.Headers["Depth"] = depth;
        context.Request.ContentLength = body.Length;
        context.Request.Body = new MemoryStream(body);
        context.Response.Body = answer;
        context.SetCaller(new Caller(_alice.Account, _alice.Address, _alice.Account.Value, Caller.AllScopes));
        await _services.GetRequiredService<DavEngine>().Handle(context, Mount);
        await context.Response.CompleteAsync();
        return (context.Response.StatusCode, context.Response.ContentType, answer.ToArray());
    }

    static async Task<DavWorkplace> Make()
    {
        await using var template = await TestDatabase.Create(Engine.Sqlite, typeof(CalendarModule).Assembly, typeof(ContactsModule).Assembly);
        var feed = new ChangeFeed();
        var directory = new TempDirectory();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => directory.Dispose();
        var workplace = new DavWorkplace(MemoryDatabase.CopyOf(template.Database, feed), MemoryDatabase.CopyOf(template.BlobDatabase, new ChangeFeed()), feed, directory);
        await workplace.Furnish();
        await workplace._database.Keep();
        await workplace._blobs.Keep();
        return workplace;
    }

    async Task Furnish()
    {
        _alice = await Add("alice");
        var bob = await Add("bob");
        await _database.Write(scope => Access.Give(scope, new Grant(bob.Account, null, _alice.Account, Rights.Read)), CancellationToken.None);
        await Put($"calendars/{_alice.Address}/default/weekly.ics", EventText.ReplaceLineEndings("\n"));
        await Put($"calendars/{_alice.Address}/default/often.ics", OftenText);
        await Put($"calendars/{_alice.Address}/default/task.ics", TaskText);
        await Put($"addressbooks/{_alice.Address}/default/card.vcf", CardText);
    }

    async Task Put(string path, string text)
    {
        var (status, _, body) = await Ask("PUT", path, "0", Encoding.UTF8.GetBytes(text.Replace("\n", "\r\n", StringComparison.Ordinal)));
        Invariant.Holds(status == StatusCodes.Status201Created, $"PUT {path} is answered with {status} {Encoding.UTF8.GetString(body)}");
    }

    async Task<DirectoryEntry> Add(string name)
    {
        var address = $"{name}@{TestSettings.Domain}";
        var account = await _database.Write(async scope =>
        {
            var id = await AccountTable.Create(scope, AccountKind.User, name, 1024 * 1024, _services.GetRequiredService<TimeProvider>().GetUtcNow());
            foreach (var listener in _services.GetServices<IAccountListener>()) await listener.Created(scope, id, AccountKind.User, name, address);
            return id;
        }, CancellationToken.None);
        var entry = new DirectoryEntry(account, AccountKind.User, name, address, [], false);
        _people.Add(entry);
        return entry;
    }

    sealed class NoTeams : ITeamMembership
    {
        public ValueTask<IReadOnlyList<DirectoryEntry>> TeamsOf(AccountId person, CancellationToken cancellation) => new([]);

        public ValueTask<IReadOnlyList<DirectoryEntry>> MembersOf(AccountId team, int limit, CancellationToken cancellation) => new([]);
    }

    sealed class NoNotices : IShareNotices
    {
        public ValueTask Tell(WriteScope scope, ShareNotice notice) => default;
    }

    sealed class NoAudit : IAuditLog
    {
        public ValueTask Write(WriteScope scope, Caller caller, string action, AccountId account, string? detail) => default;
    }
}

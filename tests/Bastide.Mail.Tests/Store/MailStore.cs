using System.Text;
using Bastide.Mail.Mime;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Changes;
using Bastide.Platform.Search;
using Bastide.Protocols.Jmap;
using Bastide.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bastide.Mail.Tests.Store;

/// <summary>The operations of mail over a test's database, and short ways to say what a test needs.</summary>
public sealed class MailStore
{
    readonly TestDatabase _test;

    public MailStore(TestDatabase test)
    {
        _test = test;
        Mailboxes = new Mailboxes(test.Database, test.Time);
        Messages = new Messages(test.Database, test.Blobs, test.Time);
        Threads = new Threads(test.Database);
        Search = new SearchIndex(test.Database);
        Indexer = new Indexer(test.Database, test.Feed, Search, [new MailIndexSource(test.Database, test.Blobs)], test.Time, NullLogger<Indexer>.Instance);
        Query = new MessageQuery(test.Database, Search, Indexer, test.Blobs);
        MailBlobs = new MailBlobs(test.Database, test.Blobs);
        Uploads = new BlobUploads(test.Database, [MailBlobs], test.Time);
        Builder = new MessageBuilder(test.Blobs, test.Settings, test.Time);
    }

    public Mailboxes Mailboxes { get; }

    public Messages Messages { get; }

    public Threads Threads { get; }

    public MessageQuery Query { get; }

    public SearchIndex Search { get; }

    public Indexer Indexer { get; }

    public BlobUploads Uploads { get; }

    public MessageBuilder Builder { get; }

    internal MailBlobs MailBlobs { get; }

    public TestDatabase Test => _test;

    static CancellationToken Cancellation => Xunit.TestContext.Current.CancellationToken;

    /// <summary>A person with mailboxes.</summary>
    public async Task<Person> AddPerson(string name = "Alice")
    {
        var account = await _test.AddAccount(name);
        await _test.Database.Write(scope => new MailAccounts(Mailboxes).Created(scope, account, AccountKind.User, name, name.ToLowerInvariant() + "@demo.localhost"), Cancellation);
        var person = new Person(account, DatabaseFixture.CallerOf(account));
        var (found, _) = await Mailboxes.Get(person.Caller, account, null, Cancellation);
        return person with { Mailboxes = found.ToDictionary(mailbox => mailbox.Role!, mailbox => mailbox.Id) };
    }

    /// <summary>A message as it stands on the wire, parsed; lines may end in LF.</summary>
    public async Task<ParsedMessage> Parse(string text)
    {
        var blob = await _test.Blobs.Put(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n")), Cancellation);
        return await Messages.Parse(blob, Cancellation);
    }

    /// <summary>Stores a message with a subject and ids, in the inbox unless said otherwise.</summary>
    public async Task<NewEmail> Add(Person person, string subject, string? id = null, string? references = null, DateTimeOffset? at = null, IReadOnlyList<long>? mailboxes = null, params string[] keywords)
    {
        var text = $"""
            From: Bob <bob@demo.localhost>
            To: Alice <alice@demo.localhost>
            Subject: {subject}
            {(id is null ? "X-No: id" : $"Message-ID: <{id}>")}
            {(references is null ? "X-No: references" : "References: " + string.Join(' ', references.Split(' ').Select(r => $"<{r}>")))}
            Date: Mon, 2 Mar 2026 09:00:00 +0000

            About {subject}.
            """;
        return await Add(person, await Parse(text), at, mailboxes, keywords);
    }

    /// <summary>Stores a parsed message.</summary>
    public async Task<NewEmail> Add(Person person, ParsedMessage message, DateTimeOffset? at = null, IReadOnlyList<long>? mailboxes = null, params string[] keywords)
    {
        var made = await Messages.IngestMany(person.Account, [new IngestItem(message, at ?? _test.Time.GetUtcNow(), mailboxes ?? [person.Mailboxes["inbox"]], keywords)], Cancellation);
        return made[0]!;
    }

    /// <summary>One message as it is now.</summary>
    public async Task<Message?> Get(Person person, long id) => (await Messages.Get(person.Caller, person.Account, [id], withStructure: true, Cancellation)).Found.SingleOrDefault();

    public async Task<Sequence> State(Person person, DataType type) => await _test.Database.Read(scope => AccountTable.State(scope, person.Account, type), Cancellation);

    public Task<SetOutcome<NewEmail, MailError>> Update(Person person, long id, EmailUpdate update) =>
        Messages.Set(person.Caller, person.Account, new EmailSet { Update = new Dictionary<long, EmailUpdate> { [id] = update } }, Cancellation);

    public Task<SetOutcome<NewEmail, MailError>> Destroy(Person person, params long[] ids) =>
        Messages.Set(person.Caller, person.Account, new EmailSet { Destroy = ids }, Cancellation);
}

using System.Runtime.CompilerServices;
using Bastide.Mail.Mime;
using Bastide.Mail.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Db;

namespace Bastide.Mail.Import;

/// <summary>
/// Brings mail from elsewhere into an account. A message that the account has already, octet for octet, is left out, so
/// that an import that was broken off is simply run again.
/// </summary>
public sealed class MailImport(Database database, BlobStore blobs, Messages messages, Mailboxes mailboxes)
{
    const int MostInBatch = 200;
    const long MostOctetsInBatch = 16 * 1024 * 1024;

    static readonly Dictionary<string, string> RoleOfName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["inbox"] = MailboxRoles.Inbox, ["sent"] = MailboxRoles.Sent, ["sent items"] = MailboxRoles.Sent, ["sent messages"] = MailboxRoles.Sent, ["sent mail"] = MailboxRoles.Sent,
        ["drafts"] = MailboxRoles.Drafts, ["draft"] = MailboxRoles.Drafts, ["trash"] = MailboxRoles.Trash, ["deleted items"] = MailboxRoles.Trash, ["deleted messages"] = MailboxRoles.Trash,
        ["junk"] = MailboxRoles.Junk, ["spam"] = MailboxRoles.Junk, ["junk e-mail"] = MailboxRoles.Junk, ["archive"] = MailboxRoles.Archive, ["archives"] = MailboxRoles.Archive, ["all mail"] = MailboxRoles.Archive,
    };

    /// <summary>
    /// Imports a file or directory and tells how far it is after each batch, the last time when all is done. Mailboxes
    /// that are missing are made; those with the usual names are the account's own. Throws <see cref="IOException"/> when
    /// the source cannot be read.
    /// </summary>
    public async IAsyncEnumerable<ImportProgress> Run(AccountId account, ImportFormat format, string path, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (!File.Exists(path) && !Directory.Exists(path)) throw new FileNotFoundException($"There is no {path} to import.");
        var run = new State(account) { Total = Size(format, path) };
        var batch = new List<ImportedMessage>();
        await foreach (var message in Source(format, path, run, cancellation))
        {
            batch.Add(message);
            if (batch.Count < MostInBatch && batch.Sum(m => m.Content.Length) < MostOctetsInBatch) continue;
            await Store(batch, run, cancellation);
            batch = [];
            yield return run.Progress;
        }

        await Store(batch, run, cancellation);
        run.Octets = run.Total;
        yield return run.Progress;
    }

    static async IAsyncEnumerable<ImportedMessage> Source(ImportFormat format, string path, State run, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (format == ImportFormat.Mbox)
        {
            foreach (var (file, mailbox) in MboxSource.Files(path))
            {
                var before = run.Octets;
                await foreach (var message in MboxSource.Read(file, mailbox, position => run.Octets = before + position, cancellation)) yield return message;
            }

            yield break;
        }

        var files = format == ImportFormat.Maildir ? FileSources.Maildir(path) : FileSources.Eml(path).Select(file => (File: file, Mailbox: (IReadOnlyList<string>)["Inbox"]));
        foreach (var (file, mailbox) in files)
        {
            yield return await FileSources.Read(file, mailbox, format == ImportFormat.Maildir, cancellation);
            run.Octets += new FileInfo(file).Length;
        }
    }

    static long Size(ImportFormat format, string path) => format switch
    {
        ImportFormat.Mbox => MboxSource.Files(path).Sum(file => new FileInfo(file.File).Length),
        ImportFormat.Maildir => FileSources.Maildir(path).Sum(file => new FileInfo(file.File).Length),
        _ => FileSources.Eml(path).Sum(file => new FileInfo(file).Length),
    };

    async Task Store(List<ImportedMessage> batch, State run, CancellationToken cancellation)
    {
        if (batch.Count == 0) return;
        try
        {
            run.Read += batch.Count;
            var fitting = batch.FindAll(message => message.Content.Length <= MessageBuilder.MaxSize);
            run.Refuse(batch.Count - fitting.Count, "A message is larger than any may be.");
            // All at once, so that one flush of the disk makes the whole batch durable.
            var stored = await Task.WhenAll(fitting.Select(message => blobs.Put(message.Content, cancellation)));
            var known = await Known(run.Account, stored, cancellation);
            var wanted = fitting.Zip(stored).Where(pair => known.Add(pair.Second.Id)).ToList();
            run.AlreadyThere += fitting.Count - wanted.Count;
            await Ingest(wanted, run, cancellation);
        }
        finally
        {
            foreach (var message in batch) await message.DisposeAsync();
        }
    }

    async Task Ingest(List<(ImportedMessage Source, StoredBlob Blob)> wanted, State run, CancellationToken cancellation)
    {
        var items = new IngestItem[wanted.Count];
        var places = new List<long>();
        foreach (var (source, _) in wanted) places.Add(await MailboxOf(source.Mailbox, run, cancellation));
        await Parallel.ForAsync(0, wanted.Count, cancellation, async (i, token) =>
        {
            var (source, blob) = wanted[i];
            source.Content.Position = 0;
            var parsed = await MessageParser.Parse(source.Content, blob, token);
            var receivedAt = source.ReceivedAt ?? await ReceivedAt(source.Content, parsed, token);
            items[i] = new IngestItem(parsed, receivedAt, [places[i]], [.. source.Keywords]);
        });
        var made = await messages.IngestMany(run.Account, items, cancellation);
        var added = made.Count(email => email is not null);
        run.Added += added;
        run.Refuse(made.Count - added, "The account has no room left.");
    }

    async ValueTask<HashSet<BlobId>> Known(AccountId account, StoredBlob[] stored, CancellationToken cancellation) =>
        await database.Read(async scope =>
        {
            var known = new HashSet<BlobId>();
            foreach (var blob in stored)
                if (await MessageTable.Holds(scope, account, blob.Id))
                    known.Add(blob.Id);
            return known;
        }, cancellation);

    /// <summary>When a message says it arrived: the topmost Received, or else its Date.</summary>
    static async ValueTask<DateTimeOffset> ReceivedAt(Stream content, ParsedMessage parsed, CancellationToken cancellation)
    {
        var fields = await HeaderFields.Read(content, parsed.Structure, cancellation);
        var received = fields.FirstOrDefault(field => field.Name.Equals("Received", StringComparison.OrdinalIgnoreCase))?.Value;
        var date = received?.LastIndexOf(';') is >= 0 and var at ? HeaderForms.AsDate(received[(at + 1)..]) : null;
        return date ?? parsed.Header.SentAt ?? DateTimeOffset.UnixEpoch;
    }

    async ValueTask<long> MailboxOf(IReadOnlyList<string> path, State run, CancellationToken cancellation)
    {
        var key = string.Join('\n', path);
        if (run.Mailboxes.TryGetValue(key, out var known)) return known;
        // The person's own rights: an import does nothing they could not.
        var owner = new Caller(run.Account, "", 0, Caller.AllScopes);
        var all = (await mailboxes.Get(owner, run.Account, null, cancellation)).Found;
        long? parent = null;
        for (var depth = 0; depth < Math.Min(path.Count, Bastide.Mail.Mailboxes.MaxDepth); depth++)
        {
            var name = Clean(path[depth]);
            var role = depth == 0 ? RoleOfName.GetValueOrDefault(name) : null;
            var found = all.FirstOrDefault(mailbox => role is not null && mailbox.Role == role) ?? all.FirstOrDefault(mailbox => mailbox.ParentId == parent && mailbox.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            parent = found?.Id ?? await Make(owner, name, parent, cancellation);
        }

        return run.Mailboxes[key] = parent ?? all.First(mailbox => mailbox.Role == MailboxRoles.Inbox).Id;
    }

    async ValueTask<long> Make(Caller owner, string name, long? parent, CancellationToken cancellation)
    {
        var create = new Dictionary<string, MailboxCreate> { ["k"] = new() { Name = name, ParentId = parent } };
        var outcome = await mailboxes.Set(owner, owner.Person, new MailboxSet { Create = create }, cancellation);
        return outcome.Created.TryGetValue("k", out var made)
            ? made.Id
            : throw new IOException($"The mailbox {name} cannot be made: {outcome.NotCreated.GetValueOrDefault("k")?.Description ?? outcome.Refused?.Description}");
    }

    static string Clean(string name)
    {
        var clean = new string([.. name.Where(c => !char.IsControl(c))]).Trim();
        return clean.Length == 0 ? "Imported" : MimeBounds.Head(clean, 80);
    }

    sealed class State(AccountId account)
    {
        public AccountId Account => account;

        public Dictionary<string, long> Mailboxes { get; } = [];

        public long Read { get; set; }

        public long Added { get; set; }

        public long AlreadyThere { get; set; }

        public long Octets { get; set; }

        public long Total { get; init; }

        public ImportProgress Progress => new(Read, Added, AlreadyThere, _refused, Math.Min(Octets, Total), Total, _lastError);

        long _refused;
        string? _lastError;

        public void Refuse(int count, string reason)
        {
            if (count <= 0) return;
            _refused += count;
            _lastError = reason;
        }
    }
}

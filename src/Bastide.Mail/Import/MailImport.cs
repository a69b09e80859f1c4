using System.Runtime.CompilerServices;
using Bastide.Mail.Mime;
using Bastide.Mail.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Db;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Import;

/// <summary>
/// Brings mail from elsewhere into an account. A message that the account has already, octet for octet, is left out, so
/// that an import that was broken off is simply run again. One that stands in several folders of the source is one
/// message in several mailboxes.
/// </summary>
public sealed class MailImport(Database database, BlobStore blobs, Messages messages, Mailboxes mailboxes)
{
    const int MostInBatch = 200;
    const long MostOctetsInBatch = 16 * 1024 * 1024;

    /// <summary>
    /// Imports a file or directory and tells how far it is after each batch, the last time when all is done. Mailboxes
    /// that are missing are made; those with the usual names are the account's own. Throws <see cref="IOException"/> when
    /// the source cannot be read.
    /// </summary>
    public async IAsyncEnumerable<ImportProgress> Run(AccountId account, ImportFormat format, string path, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (!File.Exists(path) && !Directory.Exists(path)) throw new FileNotFoundException($"There is no {path} to import.");
        var run = new ImportRun(account, new ImportTarget(mailboxes, account)) { Total = Size(format, path) };
        await foreach (var progress in Run(run, Source(format, path, run, cancellation), cancellation)) yield return progress;
        if (format == ImportFormat.Mbox && run is { Read: 0, Total: > 0 }) throw new IOException($"{path} holds no message: in an mbox each begins with a line 'From address date'.");
    }

    /// <summary>
    /// Imports what an account on another server holds, over IMAP, and tells how far it is. Run again it asks for what came
    /// since. Throws <see cref="IOException"/> when the server cannot be reached or used.
    /// </summary>
    public async IAsyncEnumerable<ImportProgress> Run(AccountId account, ImportServer server, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var run = new ImportRun(account, new ImportTarget(mailboxes, account));
        await foreach (var progress in Run(run, new ImapSource(database, server).Read(account, run, cancellation), cancellation)) yield return progress;
    }

    async IAsyncEnumerable<ImportProgress> Run(ImportRun run, IAsyncEnumerable<ImportedMessage> source, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var batch = new List<ImportedMessage>();
        await foreach (var message in source.WithCancellation(cancellation))
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

    static async IAsyncEnumerable<ImportedMessage> Source(ImportFormat format, string path, ImportRun run, [EnumeratorCancellation] CancellationToken cancellation)
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
            if (await ReadFile(file, mailbox, format == ImportFormat.Maildir, run, cancellation) is { } message) yield return message;
        }
    }

    // One file that cannot be read, or that another program has just moved, does not keep the others out.
    static async ValueTask<ImportedMessage?> ReadFile(string file, IReadOnlyList<string> mailbox, bool isMaildir, ImportRun run, CancellationToken cancellation)
    {
        try
        {
            var message = await FileSources.Read(file, mailbox, isMaildir, cancellation);
            run.Octets += message.Content.Length;
            return message;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            run.Read++;
            run.Refuse(1, $"{file} cannot be read: {exception.Message}");
            return null;
        }
    }

    static long Size(ImportFormat format, string path) => format switch
    {
        ImportFormat.Mbox => MboxSource.Files(path).Sum(file => new FileInfo(file.File).Length),
        ImportFormat.Maildir => FileSources.Maildir(path).Sum(file => new FileInfo(file.File).Length),
        _ => FileSources.Eml(path).Sum(file => new FileInfo(file).Length),
    };

    async Task Store(List<ImportedMessage> batch, ImportRun run, CancellationToken cancellation)
    {
        if (batch.Count == 0) return;
        try
        {
            run.Read += batch.Count;
            var fitting = batch.FindAll(message => message.Content.Length is > 0 and <= MessageBuilder.MaxSize);
            run.Refuse(batch.Count(message => message.Content.Length == 0), "A message is empty.");
            run.Refuse(batch.Count(message => message.Content.Length > MessageBuilder.MaxSize), "A message is larger than any may be.");
            // All at once, so that one flush of the disk makes the whole batch durable.
            var stored = await Task.WhenAll(fitting.Select(message => blobs.Put(message.Content, cancellation)));
            var known = await Known(run.Account, stored, cancellation);
            var wanted = new List<(ImportedMessage, StoredBlob)>();
            var again = new List<(BlobId Blob, IReadOnlyList<string> First, IReadOnlyList<string> Also)>();
            foreach (var (message, blob) in fitting.Zip(stored))
                if (run.Meet(blob.Id, message.Mailbox) is { } first) again.Add((blob.Id, first, message.Mailbox));
                else if (!known.Contains(blob.Id)) wanted.Add((message, blob));
            run.AlreadyThere += fitting.Count - wanted.Count;
            await Ingest(wanted, run, cancellation);
            foreach (var (blob, first, also) in again.Where(place => ImportTarget.Key(place.First) != ImportTarget.Key(place.Also))) await PutAlso(blob, first, also, run, cancellation);
            // The last of each folder: they come in the order of their UIDs.
            var marks = batch.Select(message => message.Mark).OfType<ImportMark>().GroupBy(mark => mark.Source).Select(folder => folder.Last()).ToList();
            if (marks.Count > 0) await database.Write(scope => MarkTable.Keep(scope, run.Account, marks), cancellation);
        }
        finally
        {
            foreach (var message in batch) await message.DisposeAsync();
        }
    }

    async Task Ingest(List<(ImportedMessage Source, StoredBlob Blob)> wanted, ImportRun run, CancellationToken cancellation)
    {
        var items = new IngestItem[wanted.Count];
        var places = new List<long>();
        foreach (var (source, _) in wanted) places.Add(await run.Target.MailboxOf(source.Mailbox, cancellation));
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

    // Only while the message is where it was first met: what the person has moved since an earlier run stays as they have it.
    async Task PutAlso(BlobId blob, IReadOnlyList<string> first, IReadOnlyList<string> also, ImportRun run, CancellationToken cancellation)
    {
        var ids = await database.Read(scope => MessageTable.OfBlob(scope, run.Account, blob), cancellation);
        var (found, _) = await messages.Get(run.Target.Owner, run.Account, ids, withStructure: false, cancellation);
        var (from, to) = (await run.Target.MailboxOf(first, cancellation), await run.Target.MailboxOf(also, cancellation));
        if (found.FirstOrDefault(message => message.MailboxIds.Contains(from)) is not { } message || found.Any(other => other.MailboxIds.Contains(to))) return;
        var update = new EmailUpdate { MailboxIds = new Patch<long> { Add = [to] } };
        await messages.Set(run.Target.Owner, run.Account, new EmailSet { Update = new Dictionary<long, EmailUpdate> { [message.Id] = update } }, cancellation);
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
}

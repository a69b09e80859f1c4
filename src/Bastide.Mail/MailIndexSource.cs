using Bastide.Mail.Mime;
using Bastide.Mail.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Platform.Search;

namespace Bastide.Mail;

/// <summary>What messages are found by: subject, addresses, the text of their bodies, the names of their attachments.</summary>
sealed class MailIndexSource(Database database, BlobStore blobs) : IIndexSource
{
    public DataType Type => MailTypes.Email;

    /// <summary>What a message says never changes: only new and destroyed ones matter.</summary>
    public async ValueTask<ItemChanges?> Changed(AccountId account, Sequence since, int limit, CancellationToken cancellation)
    {
        var changes = await database.Read(scope => MessageTable.Items.Since(scope, account, since, limit), cancellation);
        return changes is null ? null : changes with { Updated = [] };
    }

    public async ValueTask<IReadOnlyList<SearchDocument>> Load(AccountId account, IReadOnlyList<long> ids, CancellationToken cancellation)
    {
        var messages = await database.Read(scope => ContentTable.Find(scope, account, [.. ids], withStructure: true), cancellation);
        var documents = new List<SearchDocument>(messages.Count);
        foreach (var message in messages) documents.Add(await Describe(message, cancellation));
        return documents;
    }

    async ValueTask<SearchDocument> Describe(StoredMessage message, CancellationToken cancellation)
    {
        var header = message.Header;
        await using var stream = await blobs.Open(message.Row.Blob, cancellation);
        return new SearchDocument(
            message.Row.Id,
            Title: header.Subject ?? "",
            Sender: Text(header.From),
            Recipients: Text(header.To, header.Cc, header.Bcc),
            Body: stream is null ? "" : await MessageText.Read(stream, message.Structure!, cancellation),
            Names: string.Join('\n', message.Structure!.Leaves().Select(leaf => leaf.Name).OfType<string>().Take(500)));
    }

    static string Text(params IReadOnlyList<MailAddress>?[] fields) =>
        string.Join('\n', fields.SelectMany(field => field ?? []).Take(1000).Select(address => address.Name is null ? address.Email : address.Name + " " + address.Email));
}

using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Security.Authentication;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MailKit.Security;

namespace Bastide.Mail.Import;

/// <summary>
/// Reads the mailboxes of an account on another server, folder by folder in the order of the UIDs, behind what an earlier
/// import has stored.
/// </summary>
sealed class ImapSource(Database database, ImportServer server)
{
    const int AtOnce = 500;

    static readonly (FolderAttributes Use, string Name)[] Uses =
    [
        (FolderAttributes.Inbox, "Inbox"), (FolderAttributes.Sent, "Sent"), (FolderAttributes.Drafts, "Drafts"),
        (FolderAttributes.Trash, "Trash"), (FolderAttributes.Junk, "Junk"), (FolderAttributes.Archive, "Archive"),
    ];

    /// <summary>The messages. Throws <see cref="IOException"/>, with a sentence for the operator, when the server cannot be reached or used.</summary>
    public async IAsyncEnumerable<ImportedMessage> Read(AccountId account, ImportRun run, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var client = await Connect(cancellation);
        var folders = new List<(IMailFolder Folder, IReadOnlyList<UniqueId> Uids)>();
        foreach (var folder in await Folders(client, cancellation))
        {
            await Told(folder.OpenAsync(FolderAccess.ReadOnly, cancellation));
            var last = await database.Read(scope => MarkTable.Last(scope, account, Source(folder), folder.UidValidity), cancellation);
            IReadOnlyList<UniqueId> uids = [.. (await Told(folder.SearchAsync(SearchQuery.All, cancellation))).Where(uid => uid.Id > last).OrderBy(uid => uid.Id)];
            if (uids.Count > 0) folders.Add((folder, uids));
            foreach (var chunk in uids.Chunk(AtOnce * 10))
                run.Total += (await Told(folder.FetchAsync(chunk, MessageSummaryItems.Size | MessageSummaryItems.UniqueId, cancellation))).Sum(summary => (long)(summary.Size ?? 0));
            await Told(folder.CloseAsync(false, cancellation));
        }

        foreach (var (folder, uids) in folders)
        {
            await Told(folder.OpenAsync(FolderAccess.ReadOnly, cancellation));
            foreach (var chunk in uids.Chunk(AtOnce))
            {
                var summaries = await Told(folder.FetchAsync(chunk, MessageSummaryItems.UniqueId | MessageSummaryItems.Flags | MessageSummaryItems.InternalDate | MessageSummaryItems.Size, cancellation));
                foreach (var summary in summaries.OrderBy(summary => summary.UniqueId.Id))
                {
                    if (await Fetch(folder, summary, run, cancellation) is { } message) yield return message;
                }
            }

            await Told(folder.CloseAsync(false, cancellation));
        }

        await client.DisconnectAsync(true, CancellationToken.None);
    }

    async ValueTask<ImapClient> Connect(CancellationToken cancellation)
    {
        var client = new ImapClient();
        try
        {
            var isTls = server.Address.Scheme == "imaps";
            var port = server.Address.IsDefaultPort || server.Address.Port < 0 ? (isTls ? 993 : 143) : server.Address.Port;
            await client.ConnectAsync(server.Address.Host, port, isTls ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTlsWhenAvailable, cancellation);
            await client.AuthenticateAsync(server.User, server.Password, cancellation);
            return client;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            client.Dispose();
            throw new IOException(exception switch
            {
                MailKit.Security.AuthenticationException => $"{server.Address.Host} refuses the user name or password.",
                SslHandshakeException or System.Security.Authentication.AuthenticationException => $"{server.Address.Host} has no certificate that can be trusted.",
                SocketException => $"{server.Address.Host} cannot be reached: {exception.Message}",
                _ => $"{server.Address.Host} cannot be used: {exception.Message}",
            });
        }
    }

    /// <summary>Every folder of the person that holds messages; not the views of all mail that some servers add.</summary>
    static async ValueTask<List<IMailFolder>> Folders(ImapClient client, CancellationToken cancellation)
    {
        var found = new List<IMailFolder>();
        foreach (var space in client.PersonalNamespaces) found.AddRange(await Told(client.GetFoldersAsync(space, cancellationToken: cancellation)));
        if (client.Inbox is { } inbox && !found.Exists(folder => folder.FullName.Equals(inbox.FullName, StringComparison.OrdinalIgnoreCase))) found.Insert(0, inbox);
        const FolderAttributes none = FolderAttributes.NoSelect | FolderAttributes.NonExistent | FolderAttributes.All | FolderAttributes.Flagged | FolderAttributes.Important;
        // Other people's and shared folders may stand among them where namespaces overlap.
        bool IsOwn(IMailFolder folder) => !client.OtherNamespaces.Concat(client.SharedNamespaces).Any(space => space.Path.Length > 0 && (folder.FullName + folder.DirectorySeparator).StartsWith(space.Path.TrimEnd(folder.DirectorySeparator) + folder.DirectorySeparator, StringComparison.Ordinal));
        return [.. found.Where(folder => (folder.Attributes & none) == 0 && IsOwn(folder))];
    }

    async ValueTask<ImportedMessage?> Fetch(IMailFolder folder, IMessageSummary summary, ImportRun run, CancellationToken cancellation)
    {
        try
        {
            await using var stream = await folder.GetStreamAsync(summary.UniqueId, string.Empty, cancellation);
            var spool = new Spool();
            await using (spool)
            {
                using var reader = new LineReader(stream);
                while (await reader.Next(cancellation) is { IsEmpty: false } line) await spool.WriteLine(line, cancellation);
                run.Octets += summary.Size ?? 0;
                return new ImportedMessage(spool.Take(), PathOf(folder), summary.InternalDate, KeywordsOf(summary)) { Mark = new ImportMark(Source(folder), folder.UidValidity, summary.UniqueId.Id) };
            }
        }
        catch (Exception exception) when (exception is MessageNotFoundException or ImapCommandException)
        {
            // Gone since it was listed, or broken there: the others come all the same.
            run.Read++;
            run.Refuse(1, $"Message {summary.UniqueId} of {folder.FullName} cannot be read: {exception.Message}");
            return null;
        }
    }

    static string[] PathOf(IMailFolder folder)
    {
        foreach (var (use, name) in Uses)
            if (folder.Attributes.HasFlag(use))
                return [name];
        var path = folder.FullName.Split(folder.DirectorySeparator, StringSplitOptions.RemoveEmptyEntries);
        // Many servers keep every folder below the inbox.
        return path.Length > 1 && path[0].Equals("INBOX", StringComparison.OrdinalIgnoreCase) ? path[1..] : path;
    }

    static List<string> KeywordsOf(IMessageSummary summary)
    {
        var keywords = new List<string>();
        var flags = summary.Flags ?? MessageFlags.None;
        if (flags.HasFlag(MessageFlags.Seen)) keywords.Add("$seen");
        if (flags.HasFlag(MessageFlags.Answered)) keywords.Add("$answered");
        if (flags.HasFlag(MessageFlags.Flagged)) keywords.Add("$flagged");
        if (flags.HasFlag(MessageFlags.Draft)) keywords.Add("$draft");
        keywords.AddRange(summary.Keywords.Where(Store.Keywords.IsValid).Select(Store.Keywords.Normalize).Take(50));
        return keywords;
    }

    string Source(IMailFolder folder) => $"{server}/{folder.FullName}";

    /// <summary>What the server says in refusal, as a sentence.</summary>
    static async Task<T> Told<T>(Task<T> asked)
    {
        try
        {
            return await asked;
        }
        catch (Exception exception) when (exception is ProtocolException or ImapCommandException or ServiceNotConnectedException)
        {
            throw new IOException($"The other server broke off: {exception.Message}. Run the import again: it goes on where it stopped.", exception);
        }
    }

    static async Task Told(Task asked) => await Told(Done(asked));

    static async Task<bool> Done(Task asked)
    {
        await asked;
        return true;
    }
}

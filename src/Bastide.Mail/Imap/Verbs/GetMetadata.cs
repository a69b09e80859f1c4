using System.Globalization;
using Bastide.Protocols.Imap;

namespace Bastide.Mail.Imap.Verbs;

/// <summary><c>GETMETADATA</c>: annotations of a mailbox, or of the server. State: signed in. RFC 5464 §4.2.</summary>
static class GetMetadata
{
    public static async ValueTask Handle(ImapSession session, ImapCommand command)
    {
        var asked = GetMetadataArguments.Parse(command.Arguments, session.Out.Utf8);
        if (await Place(session, asked.Mailbox) is not var (account, mailbox, path))
        {
            await session.No(command, "[NONEXISTENT] There is no such mailbox");
            return;
        }

        if (await session.Server.Annotations.Names(session.Caller!, account, mailbox, session.Cancellation) is not { } names)
        {
            await session.No(command, "[NOPERM] You may not read this mailbox");
            return;
        }

        var wanted = names.FindAll(name => asked.Entries.Any(entry => entry.Covers(new MetadataEntry(name.Entry), asked.Depth)));
        var tooLong = wanted.FindAll(name => name.Size > asked.MaxSize);
        string[] entries = [.. wanted.Except(tooLong).Select(name => name.Entry)];
        List<(string, byte[]?)> values = [.. (await session.Server.Annotations.Get(session.Caller!, account, mailbox, entries, session.Cancellation)).Select(each => (each.Entry, each.Value))];
        // What was named and is not there is told as such.
        if (asked.Depth == MetadataDepth.Zero) values.AddRange(asked.Entries.Select(entry => entry.Name).Except(names.Select(name => name.Entry)).Distinct().Select(entry => (entry, (byte[]?)null)));
        if (values.Count > 0) MetadataWriter.Values(session.Out, path, values);
        await session.Ok(command, tooLong.Count == 0 ? "GETMETADATA completed" : string.Create(CultureInfo.InvariantCulture, $"[METADATA LONGENTRIES {tooLong.Max(name => name.Size)}] GETMETADATA completed"));
    }

    /// <summary>Of which account and mailbox annotations are; mailbox 0 stands for the server. Null where there is no such mailbox.</summary>
    public static async ValueTask<(Platform.Accounts.AccountId Account, long Mailbox, string Path)?> Place(ImapSession session, string path)
    {
        if (path.Length == 0) return (session.Caller!.Person, 0, "");
        return await MailboxTree.Find(session, path) is { Account: { } account, Mailbox: { } mailbox } name && mailbox.MyRights.HasFlag(Platform.Accounts.Rights.Lookup)
            ? (account, mailbox.Id, name.Path)
            : null;
    }
}

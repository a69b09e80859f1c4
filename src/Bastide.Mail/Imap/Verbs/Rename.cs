using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Imap.Verbs;

/// <summary><c>RENAME</c>. State: signed in. RFC 9051 §6.3.6.</summary>
static class Rename
{
    public static async ValueTask Handle(ImapSession session, ImapCommand command)
    {
        var from = command.Arguments.Mailbox(session.Out.Utf8);
        command.Arguments.Space();
        var to = command.Arguments.Mailbox(session.Out.Utf8);
        command.Arguments.ExpectEnd();
        var tree = await MailboxTree.Of(session, MailboxTree.IsOfOthers(from) || MailboxTree.IsOfOthers(to));
        if (tree.Find(from) is not { Account: { } account, Mailbox: { } mailbox })
        {
            await session.No(command, "[NONEXISTENT] There is no such mailbox");
            return;
        }

        if (tree.Find(to) is not null)
        {
            await session.No(command, "[ALREADYEXISTS] There is a mailbox of this name");
            return;
        }

        if (mailbox.Role == MailboxRoles.Inbox)
        {
            await session.No(command, "[CANNOT] The inbox is where mail arrives and keeps its name");
            return;
        }

        if (tree.Place(to, session.Caller!.Person) is not var (toAccount, parent, missing) || toAccount != account || missing.Any(level => level.Length == 0))
        {
            await session.No(command, "[CANNOT] A mailbox keeps to its account");
            return;
        }

        var create = new Dictionary<string, MailboxCreate>();
        for (var at = 0; at < missing.Count - 1; at++)
            create[$"{at}"] = new MailboxCreate { Name = MailboxTree.NameOf(missing[at]), ParentId = at == 0 ? parent?.Mailbox!.Id : null, ParentCreationId = at == 0 ? null : $"{at - 1}", IsSubscribed = false };
        var update = new MailboxUpdate
        {
            Name = MailboxTree.NameOf(missing[^1]),
            ParentId = create.Count == 0 ? new Optional<long?>(parent?.Mailbox!.Id, IsGiven: true) : default,
            ParentCreationId = create.Count == 0 ? null : $"{create.Count - 1}",
        };
        var outcome = await session.Server.Mailboxes.Set(session.Caller, account, new MailboxSet { Create = create, Update = new Dictionary<long, MailboxUpdate> { [mailbox.Id] = update } }, session.Cancellation);
        if ((outcome.Refused ?? outcome.NotCreated.Values.Concat(outcome.NotUpdated.Values).FirstOrDefault()) is { } refusal)
        {
            await session.No(command, refusal);
            return;
        }

        await Create.TellComposed(session, to);
        await session.Ok(command, "RENAME completed");
    }
}

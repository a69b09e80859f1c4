using Bastide.Mail.Jmap;
using Bastide.Protocols.Imap;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Imap.Verbs;

/// <summary><c>CREATE</c>, with what it is for (RFC 6154). State: signed in. RFC 9051 §6.3.4.</summary>
static class Create
{
    public static async ValueTask Handle(ImapSession session, ImapCommand command)
    {
        var path = command.Arguments.Mailbox(session.Out.Utf8);
        var uses = command.Arguments.TrySpace() ? Uses(command.Arguments) : [];
        command.Arguments.ExpectEnd();
        if (uses.Count > 1 || !uses.TrueForAll(MailboxName.CanBeFor))
        {
            await session.No(command, "[USEATTR] A mailbox is for one use, of those that LIST tells");
            return;
        }

        var tree = await MailboxTree.Of(session, MailboxTree.IsOfOthers(path));
        if (tree.Find(path) is { } existing)
        {
            await session.No(command, existing.Mailbox is null ? "[CANNOT] This name is taken" : "[ALREADYEXISTS] There is a mailbox of this name");
            return;
        }

        if (tree.Place(path, session.Caller!.Person) is not var (account, parent, missing) || missing.Any(level => level.Length == 0))
        {
            await session.No(command, "[CANNOT] A mailbox cannot be made there");
            return;
        }

        var create = new Dictionary<string, MailboxCreate>();
        for (var at = 0; at < missing.Count; at++)
            create[$"{at}"] = new MailboxCreate
            {
                Name = MailboxTree.NameOf(missing[at]),
                ParentId = at == 0 ? parent?.Mailbox!.Id : null,
                ParentCreationId = at == 0 ? null : $"{at - 1}",
                Role = at == missing.Count - 1 && uses.Count > 0 ? uses[0] : null,
                // Subscribing is a command of its own (RFC 9051 §6.3.7).
                IsSubscribed = false,
            };
        var outcome = await session.Server.Mailboxes.Set(session.Caller, account, new MailboxSet { Create = create }, session.Cancellation);
        if ((outcome.Refused ?? outcome.NotCreated.Values.FirstOrDefault()) is { } refusal)
        {
            if (refusal.Properties is ["role"]) await session.No(command, $"[USEATTR] {refusal.Description}");
            else await session.No(command, refusal);
            return;
        }

        await TellComposed(session, path);
        await session.Ok(command, $"[MAILBOXID ({WireId.Mailbox.Write(outcome.Created[$"{missing.Count - 1}"].Id)})] CREATE completed");
    }

    /// <summary>Tells what a mailbox is called where that is not what the client wrote, but the same in another normal form (RFC 9051 §6.3.4).</summary>
    public static async ValueTask TellComposed(ImapSession session, string path)
    {
        if (MailboxTree.Composed(path) == path) return;
        if (await MailboxTree.Find(session, path) is { } name) List.Write(session, name, path);
    }

    static List<string> Uses(ImapArguments arguments)
    {
        arguments.Open();
        if (!arguments.TryKeyword("USE")) throw new ImapSyntaxException("The parameter of CREATE is USE");
        arguments.Space();
        var uses = arguments.ListOf(static one =>
        {
            one.Expect('\\');
            return one.Atom().ToLowerInvariant();
        });
        if (!arguments.TryClose()) throw new ImapSyntaxException("A \")\" is missing");
        return uses;
    }
}

using Bastide.Platform.Accounts;
using Bastide.Platform.Db;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Store;

/// <summary>One <see cref="EmailSet"/> inside its transaction: what each item asks is checked, then all are done together.</summary>
sealed class EmailSetRun(WriteScope scope, AccountId account, MailRights rights, MailTransaction transaction, DateTimeOffset now)
{
    readonly Dictionary<string, MailError> _notCreated = [];
    readonly Dictionary<long, MailError> _notUpdated = [];
    readonly Dictionary<long, MailError> _notDestroyed = [];

    public async ValueTask<SetOutcome<NewEmail, MailError>> Run(EmailSet set)
    {
        var before = await AccountTable.State(scope, account, MailTypes.Email);
        if (set.IfInState is { } expected && expected != before) return new SetOutcome<NewEmail, MailError>(before, before) { Refused = MailError.StateMismatch };
        var rows = (await MessageTable.Find(scope, account, [.. set.Update.Keys.Concat(set.Destroy).Distinct()]))
            .Where(row => rights.Sees(row.Mailboxes)).ToDictionary(row => row.Id);
        var created = await Create(set);
        var updated = await Update(set, rows);
        var destroyed = await Destroy(set, rows);
        await transaction.Settle();
        return new SetOutcome<NewEmail, MailError>(before, await AccountTable.State(scope, account, MailTypes.Email))
        {
            Created = created,
            NotCreated = _notCreated,
            Updated = updated,
            NotUpdated = _notUpdated,
            Destroyed = destroyed,
            NotDestroyed = _notDestroyed,
        };
    }

    async ValueTask<Dictionary<string, NewEmail>> Create(EmailSet set)
    {
        var items = new List<IngestItem>();
        var names = new List<string>();
        var octets = 0L;
        foreach (var (name, create) in set.Create)
        {
            var error = CheckMailboxes(create.MailboxIds) ?? CheckKeywords(create.Keywords);
            if (error is null && !await AccountTable.HasRoom(scope, account, octets + create.Message.Blob.Size))
                error = new MailError(MailFailure.OverQuota, "The account has no room left: destroy something first.");
            if (error is not null)
            {
                _notCreated[name] = error;
                continue;
            }

            octets += create.Message.Blob.Size;
            names.Add(name);
            items.Add(new IngestItem(create.Message, create.ReceivedAt ?? now, create.MailboxIds, create.Keywords));
        }

        return names.Zip(await transaction.Add(items)).ToDictionary();
    }

    async ValueTask<List<long>> Update(EmailSet set, Dictionary<long, MessageRow> rows)
    {
        var changes = new List<(MessageRow, IReadOnlySet<long>, IReadOnlySet<string>)>();
        var updated = new List<long>();
        var doomed = set.Destroy.ToHashSet();
        foreach (var (id, update) in set.Update)
        {
            if (!rows.TryGetValue(id, out var row))
            {
                _notUpdated[id] = MailError.NotFound;
                continue;
            }

            var mailboxes = Mailboxes(row, update.MailboxIds);
            var keywords = Normalized(update.Keywords)?.Apply(row.Keywords) ?? [.. row.Keywords];
            var error = doomed.Contains(id) ? new MailError(MailFailure.WillDestroy, "It is destroyed in the same set.") : Check(row, mailboxes, keywords);
            if (error is not null)
            {
                _notUpdated[id] = error;
                continue;
            }

            changes.Add((row, mailboxes, keywords));
            updated.Add(id);
        }

        await transaction.Change(changes);
        return updated;
    }

    async ValueTask<List<long>> Destroy(EmailSet set, Dictionary<long, MessageRow> rows)
    {
        var doomed = new List<MessageRow>();
        foreach (var id in set.Destroy.Distinct())
        {
            if (!rows.TryGetValue(id, out var row)) _notDestroyed[id] = MailError.NotFound;
            else if (!row.Mailboxes.TrueForAll(mailbox => rights.May(Rights.Delete, mailbox)))
                _notDestroyed[id] = MailError.Forbidden("You may not remove messages from every mailbox it is in.");
            else doomed.Add(row);
        }

        await transaction.Destroy(doomed);
        return doomed.ConvertAll(row => row.Id);
    }

    /// <summary>A whole set says nothing of the mailboxes its asker does not see: the message stays in those.</summary>
    HashSet<long> Mailboxes(MessageRow row, Patch<long>? patch)
    {
        if (patch is null) return [.. row.Mailboxes];
        var result = patch.Apply(row.Mailboxes);
        result.UnionWith(row.Mailboxes.Where(mailbox => !rights.May(Rights.Read, mailbox)));
        return result;
    }

    MailError? Check(MessageRow row, HashSet<long> mailboxes, HashSet<string> keywords)
    {
        if (!mailboxes.SetEquals(row.Mailboxes))
        {
            if (CheckMailboxes([.. mailboxes.Except(row.Mailboxes)], mailboxes.Count) is { } error) return error;
            if (row.Mailboxes.Exists(mailbox => !mailboxes.Contains(mailbox) && !rights.May(Rights.Delete, mailbox)))
                return MailError.Forbidden("You may not remove messages from that mailbox.");
        }

        if (keywords.SetEquals(row.Keywords)) return null;
        if (!row.Mailboxes.TrueForAll(mailbox => rights.May(Rights.Write, mailbox)))
            return MailError.Forbidden("You may not change keywords in every mailbox the message is in.");
        return CheckKeywords(keywords);
    }

    MailError? CheckMailboxes(IReadOnlyCollection<long> added) => CheckMailboxes(added, added.Count);

    MailError? CheckMailboxes(IReadOnlyCollection<long> added, int total)
    {
        if (total == 0) return MailError.Invalid("mailboxIds", "A message is in at least one mailbox; to remove it altogether, destroy it.");
        if (total > Messages.MaxMailboxes) return new MailError(MailFailure.TooManyMailboxes, $"A message may be in {Messages.MaxMailboxes} mailboxes at most.");
        if (added.Any(mailbox => !transaction.Mailboxes.ContainsKey(mailbox) || rights.On(mailbox) == Rights.None))
            return MailError.Invalid("mailboxIds", "There is no such mailbox.");
        return added.All(mailbox => rights.May(Rights.Write, mailbox)) ? null : MailError.Forbidden("You may not add messages to that mailbox.");
    }

    static MailError? CheckKeywords(IReadOnlyCollection<string> keywords)
    {
        if (keywords.Count > Messages.MaxKeywords) return new MailError(MailFailure.TooManyKeywords, $"A message may have {Messages.MaxKeywords} keywords at most.");
        return keywords.All(Keywords.IsValid) ? null : MailError.Invalid("keywords", "A keyword is 1 to 255 printable ASCII characters without ( ) { ] % * \" \\.");
    }

    static Patch<string>? Normalized(Patch<string>? patch) => patch is null ? null : new Patch<string>
    {
        Replace = patch.Replace?.Select(Keywords.Normalize).ToList(),
        Add = [.. patch.Add.Select(Keywords.Normalize)],
        Remove = [.. patch.Remove.Select(Keywords.Normalize)],
    };
}

namespace Bastide.Protocols.Imap;

/// <summary>Reads the items of STATUS.</summary>
public static class StatusArguments
{
    /// <summary>Reads them between their parentheses.</summary>
    public static StatusItems Parse(ImapArguments arguments)
    {
        var items = StatusItems.None;
        foreach (var item in arguments.ListOf(static one => one.Keyword()))
            items |= item switch
            {
                "MESSAGES" => StatusItems.Messages,
                "UIDNEXT" => StatusItems.UidNext,
                "UIDVALIDITY" => StatusItems.UidValidity,
                "UNSEEN" => StatusItems.Unseen,
                "RECENT" => StatusItems.Recent,
                "DELETED" => StatusItems.Deleted,
                "SIZE" => StatusItems.Size,
                "HIGHESTMODSEQ" => StatusItems.HighestModSeq,
                "MAILBOXID" => StatusItems.MailboxId,
                "APPENDLIMIT" => StatusItems.AppendLimit,
                "DELETED-STORAGE" => StatusItems.DeletedStorage,
                _ => throw new ImapSyntaxException($"STATUS knows no item {item}"),
            };
        return items;
    }
}

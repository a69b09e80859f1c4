using System.Collections.Frozen;
using Bastide.Mail.Imap.Verbs;

namespace Bastide.Mail.Imap;

/// <summary>The verbs of IMAP that are served, each in a file of its name.</summary>
static class ImapVerbs
{
    /// <summary>All of them by name.</summary>
    public static readonly FrozenDictionary<string, ImapVerb> Table = new ImapVerb[]
    {
        new("APPEND", Append.Handle, ImapStates.SignedIn) { Streams = true },
        new("AUTHENTICATE", Authenticate.Handle, ImapStates.NotAuthenticated),
        new("CAPABILITY", Capability.Handle, ImapStates.Any),
        new("CHECK", Check.Handle, ImapStates.Selected),
        new("CLOSE", Close.Handle, ImapStates.Selected),
        new("COMPRESS", Compress.Handle, ImapStates.SignedIn),
        new("COPY", Copy.Handle, ImapStates.Selected) { TakesNumbers = true },
        new("CREATE", Create.Handle, ImapStates.SignedIn),
        new("DELETE", Delete.Handle, ImapStates.SignedIn),
        new("DELETEACL", DeleteAcl.Handle, ImapStates.SignedIn),
        new("ENABLE", Enable.Handle, ImapStates.SignedIn),
        new("EXAMINE", Select.Examine, ImapStates.SignedIn) { MayExpunge = false },
        new("EXPUNGE", Expunge.Handle, ImapStates.Selected) { Removes = true },
        new("FETCH", Fetch.Handle, ImapStates.Selected) { MayExpunge = false, TakesNumbers = true },
        new("GETACL", GetAcl.Handle, ImapStates.SignedIn),
        new("GETMETADATA", GetMetadata.Handle, ImapStates.SignedIn),
        new("GETQUOTA", GetQuota.Handle, ImapStates.SignedIn),
        new("GETQUOTAROOT", GetQuotaRoot.Handle, ImapStates.SignedIn),
        new("ID", Id.Handle, ImapStates.Any),
        new("IDLE", Idle.Handle, ImapStates.SignedIn),
        new("LIST", List.Handle, ImapStates.SignedIn),
        new("LISTRIGHTS", ListRights.Handle, ImapStates.SignedIn),
        new("LOGIN", Login.Handle, ImapStates.NotAuthenticated),
        new("LOGOUT", Logout.Handle, ImapStates.Any),
        new("LSUB", Lsub.Handle, ImapStates.SignedIn),
        new("MOVE", Move.Handle, ImapStates.Selected) { TakesNumbers = true, Removes = true },
        new("MYRIGHTS", MyRights.Handle, ImapStates.SignedIn),
        new("NAMESPACE", Namespace.Handle, ImapStates.SignedIn),
        new("NOOP", Noop.Handle, ImapStates.Any),
        new("NOTIFY", Notify.Handle, ImapStates.SignedIn),
        new("RENAME", Rename.Handle, ImapStates.SignedIn),
        new("REPLACE", Replace.Handle, ImapStates.Selected) { Removes = true, TakesNumbers = true, Streams = true },
        new("SEARCH", Search.Handle, ImapStates.Selected) { MayExpunge = false, TakesNumbers = true },
        new("SELECT", Select.Handle, ImapStates.SignedIn) { MayExpunge = false },
        new("SETACL", SetAcl.Handle, ImapStates.SignedIn),
        new("SETMETADATA", SetMetadata.Handle, ImapStates.SignedIn),
        new("SORT", Sort.Handle, ImapStates.Selected) { MayExpunge = false, TakesNumbers = true },
        new("STARTTLS", StartTls.Handle, ImapStates.NotAuthenticated),
        new("STATUS", Status.Handle, ImapStates.SignedIn),
        new("STORE", Verbs.Store.Handle, ImapStates.Selected) { MayExpunge = false, TakesNumbers = true },
        new("SUBSCRIBE", Subscribe.Handle, ImapStates.SignedIn),
        new("THREAD", Verbs.Thread.Handle, ImapStates.Selected) { MayExpunge = false, TakesNumbers = true },
        new("UID COPY", Copy.Handle, ImapStates.Selected),
        new("UID EXPUNGE", UidExpunge.Handle, ImapStates.Selected) { Removes = true },
        new("UID FETCH", Fetch.Handle, ImapStates.Selected),
        new("UID MOVE", Move.Handle, ImapStates.Selected) { Removes = true },
        new("UID REPLACE", Replace.Handle, ImapStates.Selected) { Removes = true, Streams = true },
        new("UID SEARCH", Search.Handle, ImapStates.Selected),
        new("UID SORT", Sort.Handle, ImapStates.Selected),
        new("UID STORE", Verbs.Store.Handle, ImapStates.Selected),
        new("UID THREAD", Verbs.Thread.Handle, ImapStates.Selected),
        new("UNSELECT", Unselect.Handle, ImapStates.Selected),
        new("UNSUBSCRIBE", Unsubscribe.Handle, ImapStates.SignedIn),
    }.ToFrozenDictionary(verb => verb.Name);
}

using System.Text.Json.Nodes;
using Bastide.Platform.Accounts;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary>The Mailbox object. RFC 8621 §2.</summary>
static class MailboxProperties
{
    /// <summary>The properties that change without the others: <c>updatedProperties</c> of Mailbox/changes.</summary>
    public static readonly string[] Counts = ["totalEmails", "unreadEmails", "totalThreads", "unreadThreads"];

    public static readonly ObjectProperties<Mailbox> All = new(
        ("id", m => WireId.Mailbox.Write(m.Id)),
        ("name", m => m.Name),
        ("parentId", m => WireId.Mailbox.Write(m.ParentId)),
        ("role", m => m.Role),
        ("sortOrder", m => m.SortOrder),
        ("totalEmails", m => m.TotalEmails),
        ("unreadEmails", m => m.UnreadEmails),
        ("totalThreads", m => m.TotalThreads),
        ("unreadThreads", m => m.UnreadThreads),
        ("myRights", MyRights),
        ("isSubscribed", m => m.IsSubscribed));

    static JsonObject MyRights(Mailbox mailbox)
    {
        var rights = mailbox.MyRights;
        var write = rights.HasFlag(Rights.Write);
        var manage = rights.HasFlag(Rights.Manage);
        return new JsonObject
        {
            ["mayReadItems"] = rights.HasFlag(Rights.Read),
            ["mayAddItems"] = write,
            ["mayRemoveItems"] = rights.HasFlag(Rights.Delete),
            ["maySetSeen"] = write,
            ["maySetKeywords"] = write,
            ["mayCreateChild"] = manage,
            ["mayRename"] = manage,
            ["mayDelete"] = manage && mailbox.Role != MailboxRoles.Inbox,
            ["maySubmit"] = rights.HasFlag(Rights.Submit),
        };
    }
}

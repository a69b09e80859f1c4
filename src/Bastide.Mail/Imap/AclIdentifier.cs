using Bastide.Abstractions.Identity;
using Bastide.Platform.Accounts;

namespace Bastide.Mail.Imap;

/// <summary>Whom an access control list names (RFC 4314 §2): people of the workplace, by their address.</summary>
static class AclIdentifier
{
    /// <summary>The person, or why there is none, which was told.</summary>
    public static async ValueTask<DirectoryEntry?> Find(ImapSession session, ImapCommand command, string identifier)
    {
        if (identifier.StartsWith('-'))
        {
            await session.No(command, "[CANNOT] Rights cannot be denied to somebody: take away those that were given");
            return null;
        }

        if (identifier is "anyone" or "anonymous")
        {
            await session.No(command, "[CANNOT] A mailbox is shared with people, each by their address, and not with everybody");
            return null;
        }

        var address = identifier.Contains('@', StringComparison.Ordinal) ? identifier : $"{identifier}@{session.Server.Settings.Domain}";
        if (await session.Server.Directory.Find(address, session.Cancellation) is { Kind: AccountKind.User } person) return person;
        await session.No(command, "[CANNOT] There is nobody of this address here");
        return null;
    }
}

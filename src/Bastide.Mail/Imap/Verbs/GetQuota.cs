using System.Globalization;
using Bastide.Platform.Accounts;

namespace Bastide.Mail.Imap.Verbs;

/// <summary>
/// <c>GETQUOTA</c>: what an account uses of what it may, where it has a bound. One's own quota root is <c>""</c>, that of
/// another account the name its mailboxes are below. State: signed in. RFC 9208 §4.1.1.
/// </summary>
static class GetQuota
{
    const long Unit = 1024;

    public static async ValueTask Handle(ImapSession session, ImapCommand command)
    {
        var root = command.Arguments.AString();
        command.Arguments.ExpectEnd();
        var account = root.Length == 0
            ? session.Caller!.Person
            : (await MailboxTree.Of(session, withOthers: true)).Find(root) is { Mailbox: null, Account: { } other } ? other : (AccountId?)null;
        if (account is { } known && await Write(session, root, known)) await session.Ok(command, "GETQUOTA completed");
        else await session.No(command, "[NONEXISTENT] There is no such quota root");
    }

    /// <summary>Writes the figures; false where there is no bound.</summary>
    public static async ValueTask<bool> Write(ImapSession session, string root, AccountId account)
    {
        var (bound, used) = await Figures(session, account);
        if (bound is not { } limit) return false;
        session.Out.Raw("* QUOTA "u8).String(root).Text(string.Create(CultureInfo.InvariantCulture, $" (STORAGE {(used + Unit - 1) / Unit} {limit / Unit})")).Line();
        return true;
    }

    /// <summary>The octets an account may use, or null for any number, and those it uses.</summary>
    public static ValueTask<(long? Bound, long Used)> Figures(ImapSession session, AccountId account) =>
        session.Server.Database.Read(async scope =>
            ((await AccountTable.Find(scope, account))?.Quota, (await AccountTable.Usage(scope, account)).Sum(usage => usage.Octets)), session.Cancellation);
}

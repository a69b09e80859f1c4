using Bastide.Abstractions.Identity;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;
using MimeKit;

namespace Bastide.Mail.Delivery;

/// <summary>Who may send in whose name: an address is used by its own account and by those it granted <see cref="Rights.Submit"/>.</summary>
sealed class Senders(IDirectory directory, Database database)
{
    const int LongestFrom = 16 * 1024;
    const int MostAuthors = 20;

    /// <summary>The account an address belongs to when the caller may send from it; null otherwise.</summary>
    public async ValueTask<AccountId?> AccountOf(Caller caller, string address, CancellationToken cancellation)
    {
        if (await directory.Find(address, cancellation) is not { Disabled: false } entry) return null;
        return await May(caller, entry.Account, cancellation) ? entry.Account : null;
    }

    /// <summary>Whether the caller may send in the name of the account.</summary>
    public async ValueTask<bool> May(Caller caller, AccountId account, CancellationToken cancellation) =>
        (await database.Read(scope => Access.On(scope, caller, account), cancellation)).HasFlag(Rights.Submit);

    /// <summary>
    /// Whether the caller may be the author that a From field names: every address of it must be one they may send from.
    /// A field with a quote or comment that does not end is nobody's: one reader shows what another takes for a comment.
    /// RFC 6409 §6.1; RFC 8621 §7.5 (<c>forbiddenFrom</c>).
    /// </summary>
    public async ValueTask<bool> MayBeFrom(Caller caller, string? from, CancellationToken cancellation)
    {
        if (from is null or { Length: > LongestFrom } || !IsWhole(from) || !InternetAddressList.TryParse(from, out var list)) return false;
        var authors = list.Mailboxes.Select(mailbox => mailbox.Address).Distinct(StringComparer.OrdinalIgnoreCase).Take(MostAuthors + 1).ToList();
        if (authors.Count is 0 or > MostAuthors) return false;
        foreach (var author in authors)
            if (await AccountOf(caller, author, cancellation) is null)
                return false;
        return true;
    }

    // RFC 5322 §3.2.1, §3.2.2, §3.2.4: quoted strings and comments end, angle brackets are pairs.
    static bool IsWhole(string field)
    {
        var (comments, isQuoted, isAngled) = (0, false, false);
        for (var i = 0; i < field.Length; i++)
            switch (field[i])
            {
                case '\\' when isQuoted || comments > 0:
                    i++;
                    break;
                case '"' when comments == 0:
                    isQuoted = !isQuoted;
                    break;
                case '(' when !isQuoted:
                    comments++;
                    break;
                case ')' when !isQuoted:
                    if (--comments < 0) return false;
                    break;
                case '<' when !isQuoted && comments == 0:
                    if (isAngled) return false;
                    isAngled = true;
                    break;
                case '>' when !isQuoted && comments == 0:
                    if (!isAngled) return false;
                    isAngled = false;
                    break;
            }

        return comments == 0 && !isQuoted && !isAngled;
    }
}

using Bastide.Abstractions.Mail;
using Bastide.Contacts.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Contacts;

/// <summary>Remembers whom people write to, how often and how lately, so that they are found when they are written to again.</summary>
sealed class Correspondents : ISentMailListener
{
    const int Most = 5000;

    /// <summary>Who writes to more people at once writes to none of them in particular.</summary>
    const int MostRecipients = 50;

    const int LongestAddress = 320;
    const int LongestName = 200;

    public async ValueTask Sent(WriteScope scope, AccountId account, IReadOnlyList<SentTo> recipients, DateTimeOffset at)
    {
        var sent = recipients.Where(to => to.Address.Length is > 0 and <= LongestAddress).DistinctBy(to => to.Address.ToLowerInvariant()).ToList();
        if (sent.Count is 0 or > MostRecipients) return;
        var known = (await CorrespondentTable.Find(scope, account, [.. sent.Select(to => to.Address.ToLowerInvariant())])).ToDictionary(c => c.Address);
        // In one order always: two letters that are sent at once wait for each other, and not both.
        await CorrespondentTable.Put(scope, account, [.. sent.OrderBy(to => to.Address.ToLowerInvariant(), StringComparer.Ordinal).Select(to =>
        {
            var before = known.GetValueOrDefault(to.Address.ToLowerInvariant());
            return new Correspondent(to.Address.ToLowerInvariant(), NameOf(to) ?? before?.Name, (before?.At(at) ?? 0) + 1, at);
        })], Most);
    }

    /// <summary>A name that is one: not the address again, and no control characters.</summary>
    static string? NameOf(SentTo to)
    {
        var name = new string([.. (to.Name ?? "").Where(c => !char.IsControl(c))]).Trim().Trim('\'', '"');
        return name.Length is 0 or > LongestName || name.Contains('@', StringComparison.Ordinal) ? null : name;
    }
}

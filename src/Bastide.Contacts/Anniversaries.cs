using System.Globalization;
using System.Text.Json.Nodes;
using Bastide.Abstractions.Contacts;
using Bastide.Contacts.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;
using Bastide.Protocols.Jmap;

namespace Bastide.Contacts;

/// <summary>Days of birth and the like, read from the cards that have any (RFC 9553 §2.8.1), for whoever keeps a calendar of them.</summary>
sealed class Anniversaries(Database database) : IAnniversaries
{
    const int PageSize = 500;

    public DataType Type => ContactTypes.ContactCard;

    public async ValueTask<(IReadOnlyList<Anniversary> Days, Sequence State)?> Since(AccountId account, Sequence? known, CancellationToken cancellation)
    {
        // The state is read first: what changes meanwhile is read again, never missed.
        var state = await database.Read(scope => AccountTable.State(scope, account, ContactTypes.ContactCard), cancellation);
        if (state == known) return null;
        var days = new List<Anniversary>();
        for (var after = 0L; ;)
        {
            var page = await database.Read(scope => CardTable.WithAnniversaries(scope, account, after, PageSize), cancellation);
            foreach (var (_, uid, name, card) in page) days.AddRange(Of(uid, name, card));
            if (page.Count < PageSize) return (days, state);
            after = page[^1].Id;
        }
    }

    static IEnumerable<Anniversary> Of(string uid, string name, string card)
    {
        foreach (var (key, node) in JsonNode.Parse(card)!["anniversaries"] as JsonObject ?? [])
        {
            if (node is not JsonObject day || day["kind"].AsText() is not { } kind || day["date"] is not JsonObject date) continue;
            // Of a moment the day counts that the card says.
            var (year, month, dayOfMonth) = JmapDates.ReadUtc(date["utc"].AsText()) is { } moment
                ? (moment.Year, moment.Month, moment.Day)
                : (Number(date["year"]), Number(date["month"]), Number(date["day"]));
            if (month is { } m and >= 1 and <= 12 && dayOfMonth is { } d && d >= 1 && d <= DateTime.DaysInMonth(2000, m)) yield return new Anniversary(uid, key, name, kind, year is >= 1 and <= 9999 ? year : null, m, d);
        }
    }

    static int? Number(JsonNode? node) => node.AsUnsigned() is { } number && number < 10_000 ? Convert.ToInt32(number, CultureInfo.InvariantCulture) : null;
}

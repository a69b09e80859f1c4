using System.Text.Json.Nodes;
using Bastide.Contacts.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;
using Bastide.Protocols.Jmap;

namespace Bastide.Contacts;

/// <summary>
/// Completes recipients while they are typed: from the address books somebody wants to see, the organisation's directory and
/// those who were written to, by how often and how lately.
/// </summary>
public sealed class Recipients(Database database, TimeProvider time)
{
    /// <summary>The most that are told at once.</summary>
    public const int Most = 50;

    const int MostPieces = 5;
    const int MostCandidates = 500;
    const int MostAccounts = 20;
    const int MostMembers = 500;

    static readonly char[] Between = [' ', '.', '-', '_', '@', '\'', '(', ')', ',', '"', '\n', '+'];

    /// <summary>Whoever may be meant, the likeliest first, each address once.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="account">The account that is written from: whom it wrote to counts.</param>
    /// <param name="text">What was typed: the beginnings of words of names and addresses.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellation">Ends the work.</param>
    public async ValueTask<IReadOnlyList<Recipient>> Suggest(Caller caller, AccountId account, string text, int limit, CancellationToken cancellation)
    {
        var pieces = FoldedText.Pieces(text, MostPieces);
        if (pieces.Count == 0 || limit <= 0) return [];
        return await database.Read(async scope =>
        {
            // The longest piece leaves the fewest to look at.
            var search = new Search(scope, caller, pieces, pieces.MaxBy(piece => piece.Length)!, time.GetUtcNow());
            if ((await ContactRights.Of(scope, caller, account)).SeesAll) await search.AmongCorrespondents(account);
            var directory = await DirectoryTable.Account(scope);
            var accounts = await AddressBookTable.AccountsSubscribed(scope, caller.Person, MostAccounts);
            foreach (var other in accounts.Append(account).Distinct()) await search.AmongCards(other, other == directory);
            return search.Best(Math.Min(limit, Most));
        }, cancellation);
    }

    /// <summary>One look through everything.</summary>
    sealed class Search(ReadScope scope, Caller caller, List<string> pieces, string longest, DateTimeOffset now)
    {
        readonly Dictionary<string, Recipient> _byAddress = new(StringComparer.OrdinalIgnoreCase);
        readonly Dictionary<string, double> _written = new(StringComparer.OrdinalIgnoreCase);
        readonly List<Recipient> _groups = [];

        public async ValueTask AmongCorrespondents(AccountId account)
        {
            foreach (var correspondent in await CorrespondentTable.Holding(scope, account, longest, MostCandidates))
            {
                _written[correspondent.Address] = correspondent.At(now);
                if (Fit(correspondent.Name, correspondent.Address) is { } fit)
                    Add(new Recipient(correspondent.Name, [(correspondent.Name, correspondent.Address)], RecipientSource.Correspondent, fit + Weight(correspondent.Address)));
            }
        }

        public async ValueTask AmongCards(AccountId account, bool isDirectory)
        {
            var rights = await ContactRights.Of(scope, caller, account);
            if (rights.SeesNothing) return;
            var ids = await CardTable.HoldingInNames(scope, account, longest, MostCandidates);
            foreach (var row in await CardTable.Find(scope, account, ids, withCard: true))
            {
                if (!rights.Sees(row.Books)) continue;
                var card = (JsonObject)JsonNode.Parse(row.Json!)!;
                var nicknames = string.Join(' ', CardDerivation.Entries(card, "nicknames").Select(nickname => nickname["name"].AsText()));
                if (!isDirectory && card["kind"].AsText() == "group" && card["members"] is JsonObject members && Fit(row.FullName + " " + nicknames, "") is { } fit)
                    await AddGroup(account, row, members, fit);
                foreach (var email in CardDerivation.Entries(card, "emails"))
                    if (email["address"].AsText() is { Length: > 0 } address && Fit($"{row.FullName} {nicknames}", address) is { } likely)
                        Add(new Recipient(row.FullName, [(row.FullName, address)], isDirectory ? RecipientSource.Directory : RecipientSource.Contact, likely + Weight(address) + (email["pref"].AsUnsigned() == 1 ? 0.1 : 0))
                        {
                            Card = (account, row.Id),
                        });
            }
        }

        public IReadOnlyList<Recipient> Best(int limit) =>
            [.. _byAddress.Values.Concat(_groups).OrderByDescending(found => found.Score).ThenBy(found => found.Name ?? found.Emails[0].Email, StringComparer.InvariantCultureIgnoreCase).Take(limit)];

        async ValueTask AddGroup(AccountId account, CardRow row, JsonObject members, double fit)
        {
            var emails = new List<(string?, string)>();
            var ids = await CardTable.WithUids(scope, account, [.. members.Take(MostMembers).Select(member => member.Key)]);
            foreach (var member in await CardTable.Find(scope, account, ids.Values, withCard: true))
            {
                var best = CardDerivation.Entries((JsonObject)JsonNode.Parse(member.Json!)!, "emails").OrderBy(email => email["pref"].AsUnsigned() ?? 101).FirstOrDefault();
                if (best?["address"].AsText() is { Length: > 0 } address) emails.Add((member.FullName, address));
            }

            if (emails.Count > 0) _groups.Add(new Recipient(row.FullName, emails, RecipientSource.Group, fit + 0.5) { Card = (account, row.Id) });
        }

        /// <summary>Keeps of each address what says most of it: a card before a name in a letter.</summary>
        void Add(Recipient found)
        {
            var address = found.Emails[0].Email;
            if (!_byAddress.TryGetValue(address, out var known) || known.Source > found.Source || (known.Source == found.Source && known.Score < found.Score)) _byAddress[address] = found;
        }

        double Weight(string address) => _written.TryGetValue(address, out var score) ? 1 + Math.Log2(1 + score) * 3 : 0;

        /// <summary>
        /// How well a name and an address fit what was typed, or null: every piece begins a word of them; the beginning of the
        /// whole counts most.
        /// </summary>
        double? Fit(string? name, string address)
        {
            var (foldedName, foldedAddress) = (FoldedText.Of(name ?? ""), FoldedText.Of(address));
            var words = (foldedName + " " + foldedAddress).Split(Between, StringSplitOptions.RemoveEmptyEntries);
            if (!pieces.TrueForAll(piece => words.Any(word => word.StartsWith(piece, StringComparison.Ordinal)) || foldedAddress.StartsWith(piece, StringComparison.Ordinal) || foldedName.StartsWith(piece, StringComparison.Ordinal))) return null;
            return foldedName.StartsWith(pieces[0], StringComparison.Ordinal) || foldedAddress.StartsWith(pieces[0], StringComparison.Ordinal) ? 1 : 0.5;
        }
    }
}

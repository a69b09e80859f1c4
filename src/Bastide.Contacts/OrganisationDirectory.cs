using System.Security.Cryptography;
using System.Text;
using Bastide.Abstractions.Identity;
using Bastide.Contacts.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;
using Bastide.Platform.Settings;
using Bastide.Protocols.VCard;

namespace Bastide.Contacts;

/// <summary>
/// The address book of the organisation: an account of the program's own with a card of everybody here, which every person
/// may read and nobody write. It has changes like any other, so that every protocol follows it. A card is written anew only
/// when it says something else.
/// </summary>
sealed class OrganisationDirectory(BastideSettings settings, TimeProvider time)
{
    /// <summary>What its address book is called.</summary>
    public const string Name = "Directory";

    /// <summary>The name DAV has for it, in everybody's home beside their own address books.</summary>
    public const string Resource = "directory";

    /// <summary>Its account, made when there is none.</summary>
    public async ValueTask<AccountId> Account(WriteScope scope)
    {
        if (await DirectoryTable.Account(scope) is { } known) return known;
        var account = await AccountTable.Create(scope, AccountKind.System, settings.Domain, quota: null, time.GetUtcNow());
        if (!await DirectoryTable.Keep(scope, account))
        {
            // Somebody else made it at the same moment, and what they made is seen once they are done.
            await AccountTable.Delete(scope, account);
            return (await DirectoryTable.Account(scope))!.Value;
        }

        await AddressBookTable.Create(
            scope, account, new AddressBookRow { Id = 0, Resource = Resource, Name = Name, IsDefault = true }, await scope.Advance(account, ContactTypes.AddressBook));
        return account;
    }

    /// <summary>Those of whom it does not say what is known of them.</summary>
    public async ValueTask<IReadOnlyList<DirectoryEntry>> Outdated(ReadScope scope, IReadOnlyList<DirectoryEntry> entries)
    {
        if (await DirectoryTable.Account(scope) is not { } directory) return entries;
        var present = await Find(scope, directory, entries.Select(entry => entry.Account));
        return [.. entries.Where(entry => entry.Disabled ? present.ContainsKey(entry.Account) : present.GetValueOrDefault(entry.Account)?.ETag != Content(entry).ETag)];
    }

    /// <summary>Puts these in, or what is known of them now; who is disabled is taken out. People may read it from then on.</summary>
    public async ValueTask Put(WriteScope scope, IReadOnlyList<DirectoryEntry> entries)
    {
        var directory = await Account(scope);
        var present = await Find(scope, directory, entries.Select(entry => entry.Account));
        var transaction = await CardTransaction.Begin(scope, directory);
        var book = transaction.Books.Values.Single(book => book.Resource == Resource).Id;
        foreach (var entry in entries)
        {
            var row = present.GetValueOrDefault(entry.Account);
            if (entry.Disabled)
            {
                if (row is not null) await transaction.Destroy([row]);
                continue;
            }

            var content = Content(entry);
            if (row?.ETag == content.ETag) continue;
            var refused = row is null ? (await transaction.Create(content, [(book, NameOf(entry.Account))])).Refused : await transaction.Replace(row, content);
            if (refused is not null) throw new InvalidOperationException($"{entry.Address} cannot be put into the directory: {refused.Description}");
            if (row is not null || entry.Kind != AccountKind.User) continue;
            await Admit(scope, directory, entry.Account);
            await AddressBookTable.Subscribe(scope, book, entry.Account, subscribed: true);
        }

        await transaction.Settle();
    }

    /// <summary>Lets a person read it.</summary>
    public static async ValueTask Admit(WriteScope scope, AccountId directory, AccountId person) =>
        await Access.Give(scope, new Grant(directory, null, person, Rights.Reader));

    /// <summary>Takes somebody out.</summary>
    public static async ValueTask Remove(WriteScope scope, AccountId account)
    {
        if (await DirectoryTable.Account(scope) is not { } directory || !(await Find(scope, directory, [account])).TryGetValue(account, out var present)) return;
        var transaction = await CardTransaction.Begin(scope, directory);
        await transaction.Destroy([present]);
        await transaction.Settle();
    }

    /// <summary>The name of the card of an account.</summary>
    public static string NameOf(AccountId account) => account + ".vcf";

    /// <summary>The cards of these accounts that are there.</summary>
    static async ValueTask<Dictionary<AccountId, CardRow>> Find(ReadScope scope, AccountId directory, IEnumerable<AccountId> accounts)
    {
        var book = (await AddressBookTable.Find(scope, directory, Resource))!;
        var byName = accounts.ToDictionary(NameOf, account => account);
        var places = await PlaceTable.Find(scope, book.Id, byName.Keys);
        var rows = (await CardTable.Find(scope, directory, [.. places.Select(place => place.Card)], withCard: false)).ToDictionary(row => row.Id);
        return places.ToDictionary(place => byName[place.Resource], place => rows[place.Card]);
    }

    CardContent Content(DirectoryEntry entry)
    {
        var card = new Card(CardVersion.V40,
        [
            new CardProperty("UID", UidOf(entry.Account)),
            new CardProperty("KIND", entry.Kind == AccountKind.User ? "individual" : "group"),
            new CardProperty("FN", Protocols.VCard.CardText.Escape(entry.Name)),
            new CardProperty("EMAIL", Protocols.VCard.CardText.Escape(entry.Address)) { Parameters = [new CardParameter("PREF", "1"), new CardParameter("TYPE", "work")] },
            .. entry.Aliases.Order(StringComparer.Ordinal).Select(alias => new CardProperty("EMAIL", Protocols.VCard.CardText.Escape(alias)).With("TYPE", "work")),
        ]);
        var now = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
        return CardDerivation.Of(card, CardWriter.Write(card), now, now) with { IsComposed = true };
    }

    /// <summary>The same for the same account here, and another elsewhere (RFC 9562 §5.8).</summary>
    string UidOf(AccountId account)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{settings.Domain}/directory/{account}"));
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return "urn:uuid:" + new Guid(hash.AsSpan(0, 16), bigEndian: true).ToString("D");
    }
}

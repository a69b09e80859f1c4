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
        await DirectoryTable.Keep(scope, account);
        await AddressBookTable.Create(
            scope, account, new AddressBookRow { Id = 0, Resource = Resource, Name = Name, IsDefault = true }, await scope.Advance(account, ContactTypes.AddressBook));
        return account;
    }

    /// <summary>Whether it says of somebody what is known of them.</summary>
    public async ValueTask<bool> IsCurrent(ReadScope scope, DirectoryEntry entry)
    {
        if (await DirectoryTable.Account(scope) is not { } directory) return false;
        var present = await Find(scope, directory, entry.Account);
        return entry.Disabled ? present is null : present?.ETag == Content(entry).ETag;
    }

    /// <summary>Puts somebody in, or what is known of them now; who is disabled is taken out. People may read it from then on.</summary>
    public async ValueTask Put(WriteScope scope, DirectoryEntry entry)
    {
        var directory = await Account(scope);
        if (entry.Disabled)
        {
            await Remove(scope, entry.Account);
            return;
        }

        var content = Content(entry);
        var present = await Find(scope, directory, entry.Account);
        if (present?.ETag == content.ETag) return;
        if (present is null && entry.Kind == AccountKind.User) await Admit(scope, directory, entry.Account);
        var transaction = await CardTransaction.Begin(scope, directory);
        var book = transaction.Books.Values.Single(book => book.Resource == Resource);
        var refused = present is null ? (await transaction.Create(content, [(book.Id, NameOf(entry.Account))])).Refused : await transaction.Replace(present, content);
        if (refused is not null) throw new InvalidOperationException($"{entry.Address} cannot be put into the directory: {refused.Description}");
        if (present is null && entry.Kind == AccountKind.User) await AddressBookTable.Subscribe(scope, book.Id, entry.Account, subscribed: true);
        await transaction.Settle();
    }

    /// <summary>Lets a person read it.</summary>
    public static async ValueTask Admit(WriteScope scope, AccountId directory, AccountId person) =>
        await Access.Give(scope, new Grant(directory, null, person, Rights.Reader));

    /// <summary>Takes somebody out.</summary>
    public static async ValueTask Remove(WriteScope scope, AccountId account)
    {
        if (await DirectoryTable.Account(scope) is not { } directory || await Find(scope, directory, account) is not { } present) return;
        var transaction = await CardTransaction.Begin(scope, directory);
        await transaction.Destroy([present]);
        await transaction.Settle();
    }

    static string NameOf(AccountId account) => account + ".vcf";

    static async ValueTask<CardRow?> Find(ReadScope scope, AccountId directory, AccountId account)
    {
        var book = (await AddressBookTable.Find(scope, directory, Resource))!;
        return await PlaceTable.Find(scope, book.Id, NameOf(account)) is { } place
            ? (await CardTable.Find(scope, directory, [place.Card], withCard: false)).Single()
            : null;
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

using System.Runtime.CompilerServices;
using Bastide.Abstractions.Export;
using Bastide.Contacts.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Contacts.Import;

/// <summary>Writes the cards of an account as vCards, a file for each address book.</summary>
sealed class ContactExport(Database database) : IAccountExport
{
    const int Page = 200;

    public string What => "cards";

    public async IAsyncEnumerable<long> Export(AccountId account, string directory, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var written = 0L;
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var book in await database.Read(scope => AddressBookTable.All(scope, account), cancellation))
        {
            var folder = Directory.CreateDirectory(Path.Combine(directory, "contacts")).FullName;
            await using var file = File.Create(Path.Combine(folder, FileName(book.Name, taken)));
            var after = "";
            while (await Read(account, book.Id, after, cancellation) is var (cards, last) && last is not null)
            {
                foreach (var card in cards)
                {
                    await file.WriteAsync(card, cancellation);
                    // A card may have come without an end of its last line.
                    if (card is not [.., (byte)'\n']) await file.WriteAsync("\r\n"u8.ToArray(), cancellation);
                }

                after = last;
                written += cards.Count;
                yield return written;
            }
        }
    }

    ValueTask<(List<byte[]> Cards, string? Last)> Read(AccountId account, long book, string after, CancellationToken cancellation) =>
        database.Snapshot(async scope =>
        {
            var places = await PlaceTable.Page(scope, book, after, Page);
            var vCards = places.Count == 0 ? [] : await CardTable.VCards(scope, account, [.. places.Select(place => place.Card)]);
            return (places.ConvertAll(place => vCards[place.Card]), places.Count == 0 ? null : places[^1].Document.Resource);
        }, cancellation);

    static string FileName(string name, HashSet<string> taken)
    {
        var clean = new string([.. name.Select(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_' ? c : '_')]).Trim();
        if (clean.Length is 0 or > 100) clean = "contacts";
        var file = clean + ".vcf";
        for (var i = 2; !taken.Add(file); i++) file = $"{clean} {i}.vcf";
        return file;
    }
}

using System.Runtime.CompilerServices;
using Bastide.Contacts.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;
using Bastide.Protocols.VCard;

namespace Bastide.Contacts.Import;

/// <summary>
/// Imports vCards of any version from files, into the default address book. Run again, nothing comes twice: a card whose uid
/// is there already stays as the person has it, and one without a uid gets one made of what it says.
/// </summary>
public sealed class ContactImport(Database database, TimeProvider time)
{
    const int MostInBatch = 200;
    const long MostOctetsInBatch = 8 * 1024 * 1024;

    /// <summary>Imports a file, or every <c>.vcf</c> below a directory, and tells how far it is. Throws <see cref="IOException"/> when there is none.</summary>
    public async IAsyncEnumerable<ContactImportProgress> Run(AccountId account, string path, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var files = Files(path);
        var run = new Tally { Total = files.Sum(file => new FileInfo(file).Length) };
        foreach (var file in files)
        {
            var before = run.Octets;
            await using var stream = File.OpenRead(file);
            var batch = new List<(CardContent Card, string Where)>();
            await foreach (var reading in CardFile.Read(stream, cancellation))
            {
                run.Read++;
                run.Octets = before + stream.Position;
                if (Content(reading, file, run) is { } content) batch.Add((content, $"{file}, line {reading.Line}"));
                if (batch.Count < MostInBatch && batch.Sum(item => (long)item.Card.VCard.Length) < MostOctetsInBatch) continue;
                await Store(account, batch, run, cancellation);
                batch = [];
                yield return run.Take();
            }

            await Store(account, batch, run, cancellation);
            run.Octets = before + stream.Length;
            yield return run.Take();
        }
    }

    static List<string> Files(string path)
    {
        if (File.Exists(path)) return [path];
        var files = Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.vcf", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList() : [];
        return files.Count > 0 ? files : throw new FileNotFoundException($"There is no vCard file at {path}.");
    }

    CardContent? Content(CardReading reading, string file, Tally run)
    {
        if (reading.Error is { } error)
        {
            run.Refuse($"{file}: {error}");
            return null;
        }

        var content = ImportedCard.Of(reading, DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds()));
        if (content.VCard.Length <= ContactCards.MaxSize) return content;
        run.Refuse($"{file}: Line {reading.Line}: A card has at most {ContactCards.MaxSize} octets.");
        return null;
    }

    async Task Store(AccountId account, List<(CardContent Card, string Where)> batch, Tally run, CancellationToken cancellation)
    {
        if (batch.Count == 0) return;
        var outcomes = await database.Write(async scope =>
        {
            var transaction = await CardTransaction.Begin(scope, account);
            var book = transaction.Books.Values.Single(book => book.IsDefault).Id;
            var done = new List<(bool IsAdded, ContactError? Refused)>();
            var present = (await CardTable.WithUids(scope, account, [.. batch.Select(each => each.Card.Uid).Distinct()])).Keys.ToHashSet();
            foreach (var (card, _) in batch)
            {
                if (!present.Add(card.Uid)) done.Add((false, null));
                else done.Add((true, (await transaction.Create(card, [(book, null)])).Refused));
            }

            await transaction.Settle();
            return done;
        }, cancellation);
        foreach (var ((isAdded, refused), (_, where)) in outcomes.Zip(batch))
        {
            if (refused is not null) run.Refuse($"{where}: {refused.Description}");
            else if (isAdded) run.Added++;
            else run.AlreadyThere++;
        }
    }

    /// <summary>What an import has met so far.</summary>
    sealed class Tally
    {
        List<string> _errors = [];
        long _refused;

        public long Total { get; init; }

        public long Read { get; set; }

        public long Added { get; set; }

        public long AlreadyThere { get; set; }

        public long Octets { get; set; }

        public void Refuse(string why)
        {
            _refused++;
            _errors.Add(why);
        }

        public ContactImportProgress Take()
        {
            var errors = _errors;
            _errors = [];
            return new ContactImportProgress(Read, Added, AlreadyThere, _refused, Math.Min(Octets, Total), Total, errors);
        }
    }
}

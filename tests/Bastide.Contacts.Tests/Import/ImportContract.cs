using System.Text;
using Bastide.Abstractions.Export;
using Bastide.Contacts.Import;
using Bastide.Protocols.Tests.VCard;
using Bastide.Protocols.VCard;

namespace Bastide.Contacts.Tests.Import;

public abstract class ImportContract(DatabaseFixture fixture)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Where address books are as other programs export them; <c>BASTIDE_TEST_CORPUS</c> names a directory of more.</summary>
    static readonly string Corpus = Environment.GetEnvironmentVariable("BASTIDE_TEST_CORPUS") ?? Path.Combine(AppContext.BaseDirectory, "Import", "Corpus");

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Corpus, "*.vcf").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Every_card_of_a_file_comes_in_or_is_refused_with_its_line_and_goes_out_saying_the_same(string name)
    {
        var path = Path.Combine(Corpus, name);
        await using var workplace = await ContactsWorkplace.Start(fixture);
        var alice = await workplace.Add();
        await using var file = File.OpenRead(path);
        var readings = await CardFile.Read(file, Cancellation).ToListAsync(Cancellation);
        var readable = readings.Where(reading => reading.Card is not null).Select(reading => CardMeaning.Of(Modern(reading.Card!))).ToList();

        var (first, errors) = await Import(workplace, alice, path);
        first.Added.ShouldBe(readable.Count, string.Join('\n', errors));
        first.Refused.ShouldBe(readings.Count - readable.Count);
        errors.ShouldAllBe(error => error.Contains("Line ", StringComparison.Ordinal));
        var (second, _) = await Import(workplace, alice, path);
        (second.Added, second.AlreadyThere).ShouldBe((0, readable.Count));

        (await Export(workplace, alice)).Select(Without).ShouldBe(readable.Select(Without), ignoreOrder: true);

        // What the other protocol writes changes what it writes, and nothing else.
        foreach (var card in (await workplace.Cards.Get(alice.Caller, alice.Account, null, 1000, Cancellation)).Found)
            (await workplace.Patch(alice, card.Id, """{"keywords":{"touched":true}}""")).NotUpdated.ShouldBeEmpty();
        var touched = await Export(workplace, alice);
        touched.ShouldAllBe(card => card.Contains("CATEGORIES:touched"));
        touched.Select(card => Without(card, "CATEGORIES", "REV", "CREATED")).ShouldBe(readable.Select(card => Without(card, "CATEGORIES", "REV", "CREATED")), ignoreOrder: true);
    }

    [Fact]
    public async Task What_is_no_card_is_refused_with_its_file_and_line_and_the_rest_comes_in()
    {
        await using var workplace = await ContactsWorkplace.Start(fixture);
        var alice = await workplace.Add();
        using var directory = new TempDirectory();
        var file = Path.Combine(directory.Path, "mixed.vcf");
        await File.WriteAllTextAsync(file, "BEGIN:VCARD\nVERSION:4.0\nFN:One\nEND:VCARD\nnoise\nBEGIN:VCARD\nVERSION:4.0\nthis is no line\nEND:VCARD\nBEGIN:VCARD\nVERSION:2.1\nN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Berg;Zo=E9\nEND:VCARD\nBEGIN:VCARD\nFN:Unended\n", Cancellation);
        var (done, errors) = await Import(workplace, alice, directory.Path);
        (done.Added, done.Refused, done.Octets).ShouldBe((2, 3, done.TotalOctets));
        errors.ShouldAllBe(error => error.StartsWith(file + ":", StringComparison.Ordinal));
        foreach (var line in (string[])["Line 5:", "Line 8:", "Line 14:"]) errors.ShouldContain(error => error.Contains(line, StringComparison.Ordinal), string.Join('\n', errors));
        (await workplace.Cards.Get(alice.Caller, alice.Account, null, 10, Cancellation)).Found.Select(card => card.Card["name"]!.ToJsonString()).ShouldContain(name => name.Contains("Zo\\u00E9", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_large_file_comes_in_in_parts_and_goes_out_a_file_for_each_address_book()
    {
        await using var workplace = await ContactsWorkplace.Start(fixture);
        var alice = await workplace.Add();
        await workplace.Keep(alice, await workplace.NewBook(alice, "Club: rowers/2"), "cox.vcf", VCards.Of("cox", "Cox"));
        using var directory = new TempDirectory();
        var file = Path.Combine(directory.Path, "many.vcf");
        await File.WriteAllBytesAsync(file, [.. Enumerable.Range(0, 450).SelectMany(i => VCards.Of($"many-{i}", $"Number {i}"))], Cancellation);
        var steps = await workplace.Get<ContactImport>().Run(alice.Account, file, Cancellation).ToListAsync(Cancellation);
        steps.Select(step => step.Added).ShouldBe([200, 400, 450]);
        var to = Directory.CreateDirectory(Path.Combine(directory.Path, "out")).FullName;
        await workplace.Get<IAccountExport>().Export(alice.Account, to, Cancellation).ToListAsync(Cancellation);
        Directory.EnumerateFiles(to, "*.vcf", SearchOption.AllDirectories).Select(Path.GetFileName).ShouldBe(["Club_ rowers_2.vcf", "Contacts.vcf"], ignoreOrder: true);
        Encoding.UTF8.GetString(await File.ReadAllBytesAsync(Path.Combine(to, "contacts", "Club_ rowers_2.vcf"), Cancellation)).ShouldBe(Encoding.UTF8.GetString(VCards.Of("cox", "Cox")));
    }

    static async Task<(ContactImportProgress Last, List<string> Errors)> Import(ContactsWorkplace workplace, ContactsPerson person, string path)
    {
        var steps = await workplace.Get<ContactImport>().Run(person.Account, path, Cancellation).ToListAsync(Cancellation);
        return (steps[^1], [.. steps.SelectMany(step => step.Errors)]);
    }

    static async Task<List<string[]>> Export(ContactsWorkplace workplace, ContactsPerson person)
    {
        using var directory = new TempDirectory();
        await workplace.Get<IAccountExport>().Export(person.Account, directory.Path, Cancellation).ToListAsync(Cancellation);
        var cards = new List<string[]>();
        foreach (var path in Directory.EnumerateFiles(directory.Path, "*.vcf", SearchOption.AllDirectories))
        {
            await using var file = File.OpenRead(path);
            await foreach (var reading in CardFile.Read(file, Cancellation)) cards.Add(CardMeaning.Of(reading.Card.ShouldNotBeNull()));
        }

        return cards;
    }

    static Card Modern(Card card) => card.Version == CardVersion.V21 ? CardConversion.To(card, CardVersion.V30) : card;

    /// <summary>What a card says without its uid, which an import makes where there is none, and more.</summary>
    static string Without(string[] meaning, params string[] names) =>
        string.Join('\n', meaning.Where(line => !names.Append("UID").Any(name => line.StartsWith(name + ":", StringComparison.Ordinal) || line.StartsWith(name + ";", StringComparison.Ordinal))));

    static string Without(string[] meaning) => Without(meaning, []);
}

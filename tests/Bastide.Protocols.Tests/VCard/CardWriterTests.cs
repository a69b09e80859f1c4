using System.Text;
using Bastide.Protocols.VCard;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.VCard;

public sealed class CardWriterTests
{
    static readonly string[] Texts = ["", "a", "Zoë", "a,b;c:d", "line\nbreak", "^n \"quoted\" ^", " spaces ", "汉字😀", "back\\slash", "\ttab", "tel:+1;ext=2"];

    [Fact]
    public void Lines_are_folded_at_75_octets_and_never_within_a_character()
    {
        var written = CardWriter.Write(new Card(CardVersion.V40, [new CardProperty("FN", string.Concat(Enumerable.Repeat("é😀x", 60)))]));
        var lines = Encoding.UTF8.GetString(written).Split("\r\n");
        lines.ShouldAllBe(line => Encoding.UTF8.GetByteCount(line) <= 75 && !line.Contains('\uFFFD'));
        lines.Length.ShouldBeGreaterThan(7);
        Cards.Read(written).First("FN")!.Value.ShouldBe(string.Concat(Enumerable.Repeat("é😀x", 60)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_is_written_is_read_as_it_was(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 2000; i++)
        {
            var card = new Card(random.Next(2) == 0 ? CardVersion.V30 : CardVersion.V40, [.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => Property(random))]);
            var read = Cards.Read(CardWriter.Write(card));
            read.Version.ShouldBe(card.Version);
            read.Lines().ShouldBe(card.Lines());
            foreach (var (was, now) in card.Properties.Zip(read.Properties))
            {
                now.Text.ShouldBe(was.Text);
                now.Parameters.SelectMany(p => p.Values).ShouldBe(was.Parameters.SelectMany(p => p.Values));
            }
        }
    }

    static CardProperty Property(Random random) => new("X-P" + random.Next(3), CardText.Escape(string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => Pick(random)))))
    {
        Group = random.Next(3) == 0 ? "item" + random.Next(3) : null,
        Parameters = [.. Enumerable.Range(0, random.Next(3)).Select(i => new CardParameter("P" + i, [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => Pick(random))]))],
    };

    static string Pick(Random random) => Texts[random.Next(Texts.Length)];
}

using System.Text;
using Bastide.Protocols.Imap;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.Imap;

/// <summary>Whatever octets come: a parser gives a value or says in one way that they are none.</summary>
public sealed class ImapGarbageTests
{
    const int Cases = 40_000;

    static readonly (string Seed, Action<ImapArguments> Parse)[] Parsers =
    [
        ("(FLAGS BODY.PEEK[1.2.HEADER.FIELDS (SUBJECT \"To\")]<0.100> BINARY.SIZE[1] PREVIEW (LAZY)) (CHANGEDSINCE 12 VANISHED PARTIAL -1:-10)", arguments => FetchArguments.Parse(arguments)),
        ("(UNCHANGEDSINCE 320162338) +FLAGS.SILENT (\\Seen $Custom \\Deleted)", arguments => StoreArguments.Parse(arguments)),
        ("RETURN (MIN MAX PARTIAL 1:500) CHARSET UTF-8 OR (SUBJECT {5+}\r\nhello NOT SEEN) 1:*,7 UID 3:9 SINCE 1-Jan-2026 HEADER X \"\" MODSEQ \"/flags/\\\\draft\" all 620162338", arguments => SearchArguments.Parse(arguments)),
        ("(SUBSCRIBED RECURSIVEMATCH) \"\" (\"INBOX\" \"Projets/%\" *) RETURN (CHILDREN STATUS (MESSAGES UNSEEN))", arguments => ListArguments.Parse(arguments, utf8: false)),
        ("INBOX (CONDSTORE QRESYNC (67890007 90060115194045000 41,43:211 (1:5 41:45)))", arguments => SelectArguments.Parse(arguments, utf8: true)),
        ("(\\Seen $a) \" 2-Nov-2026 10:00:00 +0100\" UTF8 (~{310}", arguments => AppendHead.Parse(arguments)),
        ("(MESSAGES UIDNEXT DELETED-STORAGE)", arguments => StatusArguments.Parse(arguments)),
    ];

    [Fact]
    public void Changed_commands_are_read_or_refused_and_nothing_else()
    {
        var random = new Random(5);
        for (var run = 0; run < Cases; run++)
        {
            var (seed, parse) = Parsers[run % Parsers.Length];
            var octets = Encoding.ASCII.GetBytes(seed).ToList();
            for (var change = random.Next(0, 6); change > 0 && octets.Count > 0; change--)
            {
                var at = random.Next(octets.Count);
                switch (random.Next(5))
                {
                    case 0: octets.Insert(at, (byte)random.Next(256)); break;
                    case 1: octets.RemoveAt(at); break;
                    case 2: octets[at] = (byte)"(){}\"\\*%[]<>, 09:~+".ToCharArray()[random.Next(18)]; break;
                    case 3: octets.InsertRange(at, octets.GetRange(0, Math.Min(octets.Count, random.Next(30)))); break;
                    default: octets.RemoveRange(at, Math.Min(octets.Count - at, random.Next(20))); break;
                }
            }

            try
            {
                parse(new ImapArguments(octets.ToArray()));
            }
            catch (ImapSyntaxException refused)
            {
                refused.Message.ShouldNotBeEmpty();
            }
        }
    }

    [Fact]
    public void Random_octets_are_refused_and_nothing_else()
    {
        var random = new Random(6);
        for (var run = 0; run < Cases; run++)
        {
            var octets = new byte[random.Next(40)];
            random.NextBytes(octets);
            try
            {
                Parsers[run % Parsers.Length].Parse(new ImapArguments(octets));
            }
            catch (ImapSyntaxException)
            {
                // As it should be.
            }
        }
    }

    [Theory]
    [InlineData('(')]
    [InlineData('N')]
    public void A_search_of_any_depth_is_refused_before_it_costs(char nesting)
    {
        var text = string.Concat(Enumerable.Repeat(nesting == '(' ? "(" : "NOT ", 50_000)) + "ALL";
        Should.Throw<ImapSyntaxException>(() => SearchArguments.Parse(new ImapArguments(Encoding.ASCII.GetBytes(text))));
    }

    [Fact]
    public void A_pattern_of_many_stars_costs_no_more_than_its_length()
    {
        var pattern = new ListPattern(string.Concat(Enumerable.Repeat("*a", 2000)));
        pattern.Matches(new string('a', 1999) + "b").ShouldBeFalse();
    }

    [Theory]
    [InlineData("*")]
    [InlineData("a")]
    [InlineData("a%")]
    public void A_pattern_is_read_in_memory_of_its_length(string unit)
    {
        var text = "\"\" " + string.Concat(Enumerable.Repeat(unit, 50_000));
        var before = GC.GetAllocatedBytesForCurrentThread();
        ListArguments.Parse(new ImapArguments(Encoding.ASCII.GetBytes(text)), utf8: false).Patterns[0].Length.ShouldBe(text.Length - 3);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(50 * text.Length);
    }

    [Theory]
    [InlineData("%*", "a/b", true)]
    [InlineData("a%%", "a/b", false)]
    [InlineData("a%*%b", "a/x/b", true)]
    [InlineData("**a%", "b/a", true)]
    [InlineData("%/%/%", "a/b", false)]
    [InlineData("*a*b*", "ab", true)]
    [InlineData("*", "", true)]
    public void Wildcards_that_stand_together_are_one(string pattern, string name, bool matches) => new ListPattern(pattern).Matches(name).ShouldBe(matches);

    [Fact]
    public void Names_are_matched_without_memory_for_each_letter()
    {
        var pattern = new ListPattern(new string('%', 10_000));
        var before = GC.GetAllocatedBytesForCurrentThread();
        pattern.Matches(new string('a', 1000)).ShouldBeTrue();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(100_000);
    }

    [Fact]
    public async Task A_name_of_many_ampersands_costs_no_more_than_its_length()
    {
        var name = new string('&', 10_000_000);
        (await Task.Run(() => ModifiedUtf7.Decode(name)).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken)).Length.ShouldBe(name.Length);
    }

    [Fact]
    public void What_the_writer_writes_the_reader_reads()
    {
        var random = new Random(7);
        const string Letters = "ab \"\\&é日\r\n(){%*]~\t𝄞-,/";
        for (var run = 0; run < 5000; run++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Letters.EnumerateRunes().ElementAt(random.Next(Letters.EnumerateRunes().Count())).ToString()));
            foreach (var utf8 in new[] { false, true })
            {
                var buffer = new System.Buffers.ArrayBufferWriter<byte>();
                var writer = new ImapWriter(buffer) { Utf8 = utf8 };
                writer.AString(text).Space().Mailbox(text);
                var arguments = new ImapArguments(buffer.WrittenMemory);
                arguments.AString().ShouldBe(text);
                arguments.Space();
                arguments.Mailbox(utf8).ShouldBe(text);
                arguments.ExpectEnd();
            }
        }
    }
}

using System.Text;
using Bastide.Protocols.Imap;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.Imap;

public sealed class SequenceSetTests
{
    [Theory]
    [InlineData("1", 5u, "1:1")]
    [InlineData("2,4:7,9,12:*", 15u, "2:2 4:7 9:9 12:15")]
    [InlineData("*:4,5:7", 10u, "4:10")]
    [InlineData("5:3", 10u, "3:5")]
    [InlineData("1:*", 0u, "")]
    [InlineData("*", 0u, "")]
    [InlineData("100:*", 7u, "7:100")]
    [InlineData("3,1,2", 9u, "1:3")]
    [InlineData("4294967295", 1u, "4294967295:4294967295")]
    public void A_set_names_ranges(string set, uint last, string ranges) =>
        string.Join(' ', SequenceSet.Parse(Encoding.ASCII.GetBytes(set)).Resolve(last).Select(range => $"{range.First}:{range.Last}")).ShouldBe(ranges);

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("01")]
    [InlineData("1,")]
    [InlineData("1::2")]
    [InlineData("1:2:3")]
    [InlineData("4294967296")]
    [InlineData("$,1")]
    public void What_is_no_set_is_refused(string set) =>
        Should.Throw<ImapSyntaxException>(() => SequenceSet.Parse(Encoding.ASCII.GetBytes(set)));

    [Fact]
    public void Numbers_are_written_as_runs() => SequenceSet.Format([1u, 2, 3, 5, 7, 8]).ShouldBe("1:3,5,7:8");
}

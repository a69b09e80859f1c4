using System.Text;
using Bastide.Protocols.Imap;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.Imap;

public sealed class SortArgumentsTests
{
    [Fact]
    public void Criteria_charset_and_keys_are_read_in_their_order()
    {
        var (criteria, search) = Parse("(reverse date SUBJECT) \"utf-8\" UNSEEN SUBJECT x");
        criteria.ShouldBe([new SortCriterion(SortKey.Date, IsReverse: true), new SortCriterion(SortKey.Subject, IsReverse: false)]);
        search.IsCharsetKnown.ShouldBeTrue();
        search.IsExtended.ShouldBeFalse();
        search.Key.ShouldBeOfType<SearchKey.And>().Keys.Count.ShouldBe(2);
    }

    [Fact]
    public void What_is_told_is_read_before_them()
    {
        var (_, search) = Parse("RETURN (COUNT PARTIAL 1:10) (ARRIVAL) UTF-8 ALL");
        search.IsExtended.ShouldBeTrue();
        search.Return.ShouldBe(SearchReturn.Count);
        search.Partial.ShouldBe(new PartialRange(1, 10, FromEnd: false));
    }

    [Theory]
    [InlineData("")]
    [InlineData("()")]
    [InlineData("() UTF-8 ALL")]
    [InlineData("(DATE)")]
    [InlineData("(DATE) UTF-8")]
    [InlineData("(DATE) UTF-8 ")]
    [InlineData("(DATE) UTF-8 ALL ")]
    [InlineData("(DATE UTF-8 ALL")]
    [InlineData("(REVERSE REVERSE DATE) UTF-8 ALL")]
    [InlineData("(BEAUTY) UTF-8 ALL")]
    [InlineData("RETURN (DATE) UTF-8 ALL")]
    [InlineData("RETURN (ALL PARTIAL 1:2) (DATE) UTF-8 ALL")]
    public void What_is_not_of_the_grammar_is_refused(string text) => Should.Throw<ImapSyntaxException>(() => Parse(text));

    static SortArguments Parse(string text) => SortArguments.Parse(new ImapArguments(Encoding.UTF8.GetBytes(text)));
}

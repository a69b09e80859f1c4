using Bastide.Mail.Imap;
using Bastide.Mail.Store;
using Shouldly;
using Xunit;

namespace Bastide.Mail.Tests.Imap;

public sealed class StoredHeaderTests
{
    static readonly MessageHeader Header = new()
    {
        Subject = "Réunion du \"groupe\" & suite",
        From = [new MailAddress("Jeanne Martin", "jeanne+mairie@example.org")],
    };

    [Theory]
    [InlineData("personne")]
    [InlineData("jeanne@")]
    [InlineData("groupes")]
    public void A_text_that_stands_nowhere_is_in_no_field(string text) => Stored(Header).Holds(text).ShouldBe(false);

    [Theory]
    [InlineData("GROUPE")]
    [InlineData("eanne mar")]
    [InlineData("EXAMPLE.org")]
    // What is written otherwise, or not at all, where it is stored.
    [InlineData("Réunion")]
    [InlineData("& suite")]
    [InlineData("jeanne+m")]
    [InlineData("Martin <jeanne")]
    [InlineData("Martin ")]
    [InlineData(" ")]
    [InlineData("\"groupe\"")]
    [InlineData("")]
    public void A_text_that_may_stand_there_is_read_for(string text) => Stored(Header).Holds(text).ShouldBeNull();

    [Fact]
    public void Letters_that_are_others_in_another_case_are_read_for() =>
        Stored(new MessageHeader { Subject = "ſuite" }).Holds("suite").ShouldBeNull();

    [Fact]
    public void A_value_that_may_have_been_cut_is_read_for() =>
        Stored(new MessageHeader { Subject = new string('x', 2000) }).Holds("y").ShouldBeNull();

    static StoredHeader Stored(MessageHeader header) => new(MessageJson.Write(header));
}

using System.Text;
using Bastide.Fuzz.Targets;
using Bastide.Fuzz.Workplace;
using Shouldly;
using Xunit;

namespace Bastide.Fuzz.Tests;

/// <summary>What the search looks for, it would see.</summary>
[Collection<OneAtATime>]
public sealed class TargetTests
{
    [Theory]
    [InlineData("* OK hello\r\n* 1 FETCH (FLAGS ()\r\n")]
    [InlineData("* OK hello\r\n* LIST () \"/\" \"a\"b\"\r\n")]
    [InlineData("* OK hello\r\n* LIST () \"/\" \"a\r\n* b\"\r\n")]
    [InlineData("* OK hello\r\n* 1 FETCH (BODY[] {9}\r\nabc)\r\n")]
    [InlineData("* OK hello\r\n* SEARCH 1\n")]
    [InlineData("* OK hello\r\nb OK done\r\n")]
    [InlineData("* OK hello\r\na NOTHING done\r\n")]
    [InlineData("* OK hel\rlo\r\n")]
    [InlineData("* OK hello\r\n* 1 EXISTS")]
    [InlineData("220 hello\r\n")]
    public void Answers_that_no_mail_program_could_read_are_noticed(string said) =>
        Should.Throw<InvariantBrokenException>(() => ImapAnswers.Check(Encoding.ASCII.GetBytes(said), "a NOOP\r\n"u8));

    [Fact]
    public void Answers_as_they_should_be_are_borne() =>
        ImapAnswers.Check("* OK hello\r\n* 1 FETCH (BODY[HEADER.FIELDS (TO)] {4}\r\n)\r\n(ENVELOPE (\"a\\\"\" NIL))\r\n* OK [X] (\"\r\n+ go on\r\na BAD \"\r\n"u8, "a NOOP\r\n"u8);

    [Fact]
    public void An_input_that_takes_more_memory_than_it_may_is_noticed()
    {
        var target = new FuzzTarget("greedy", input => GC.KeepAlive(new byte[20_000_000 + input.Length]));
        Should.Throw<InvariantBrokenException>(() => target.Check([])).Message.ShouldContain("allocate");
    }

    [Fact]
    public void A_failure_within_the_server_is_noticed()
    {
        var log = new ErrorLog();
        log.Check();
        Microsoft.Extensions.Logging.LoggerExtensions.LogError(log, new InvalidOperationException("broken"), "A command failed");
        Should.Throw<InvariantBrokenException>(log.Check).InnerException.ShouldBeOfType<InvalidOperationException>();
        log.Check();
    }

    [Fact]
    public void A_session_finds_nothing_of_the_one_before()
    {
        var first = Say("b CREATE Kept\r\nc SELECT INBOX\r\nd STORE 1:* +FLAGS (\\Deleted)\r\ne EXPUNGE\r\nf LIST \"\" Kept\r\n");
        first.ShouldContain("* LIST (\\HasNoChildren) \"/\" Kept\r\n");
        first.ShouldContain(" EXPUNGE\r\n");
        var second = Say("c SELECT INBOX\r\nf LIST \"\" Kept\r\n");
        second.ShouldContain("* 4 EXISTS\r\n");
        second.ShouldNotContain("Kept\r\n");
    }

    static string Say(string commands) => Imap.Ask(FuzzWorkplace.Fresh, Encoding.ASCII.GetBytes("a LOGIN alice@demo.localhost bastide-demo\r\n" + commands));
}

using Bastide.Protocols.Smtp;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.Smtp;

public class SmtpCommandTests
{
    [Theory]
    [InlineData("QUIT", "QUIT", "")]
    [InlineData("quit  ", "QUIT", "")]
    [InlineData("mail FROM:<a@b.example>", "MAIL", "FROM:<a@b.example>")]
    [InlineData("NOOP Hello, world ", "NOOP", "Hello, world")]
    public void A_verb_and_its_argument_are_read(string line, string verb, string argument)
    {
        SmtpCommand.TryParse(Pieces.Of(line), out var command).ShouldBeTrue();
        command.ShouldBe(new SmtpCommand(verb, argument));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" NOOP")]
    [InlineData("GET/ HTTP/1.1")]
    [InlineData("\u0016\u0003\u0001")]
    [InlineData("NOOP a\0b")]
    [InlineData("NOOP \u00e9")]
    [InlineData("AVERBTHATISFARTOOLONGTOBEONE")]
    public void What_is_not_a_command_is_none(string line) => SmtpCommand.TryParse(Pieces.Of(line), out _).ShouldBeFalse();
}

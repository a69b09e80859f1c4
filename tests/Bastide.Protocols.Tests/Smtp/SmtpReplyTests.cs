using System.Buffers;
using System.Text;
using Bastide.Protocols.Smtp;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.Smtp;

public class SmtpReplyTests
{
    [Fact]
    public void Every_line_of_a_reply_has_its_codes()
    {
        Written(new SmtpReply(250, "2.1.0", "one", "two")).ShouldBe("250-2.1.0 one\r\n250 2.1.0 two\r\n");
        Written(new SmtpReply(354, null, "go on")).ShouldBe("354 go on\r\n");
    }

    [Fact]
    public void Nothing_that_a_peer_said_breaks_out_of_a_line() =>
        Written(new SmtpReply(250, null, "hello a\r\n550 b\0" + new string('x', 1000))).ShouldStartWith("250 hello a??550 b?xxx");

    [Fact]
    public void Replies_are_read_as_they_were_written_however_the_octets_arrive()
    {
        foreach (var pieces in Pieces.Cuts("250-mail.example\r\n250-PIPELINING\r\n250 SIZE 1000\r\n550 5.1.1 no\r\n421\r\n"u8.ToArray()))
        {
            var replies = Read(pieces);
            replies.Select(r => r.Code).ShouldBe([250, 550, 421]);
            replies[0].Lines.ShouldBe(["mail.example", "PIPELINING", "SIZE 1000"]);
            (replies[1].Enhanced, replies[1].ToString(), replies[1].IsPermanent).ShouldBe(("5.1.1", "550 5.1.1 no", true));
        }
    }

    [Theory]
    [InlineData("hello\r\n")]
    [InlineData("25\r\n")]
    [InlineData("999 no\r\n")]
    [InlineData("250-a\r\n251 b\r\n")]
    [InlineData("250 a\n")]
    public void What_is_not_a_reply_is_said_to_be_none(string wire) =>
        Should.Throw<InvalidDataException>(() => Read([Encoding.ASCII.GetBytes(wire)]));

    [Fact]
    public void A_reply_without_end_is_given_up()
    {
        var endless = string.Concat(Enumerable.Repeat("250-more\r\n", 200));
        Should.Throw<InvalidDataException>(() => Read([Encoding.ASCII.GetBytes(endless)]));
    }

    static List<SmtpReply> Read(byte[][] pieces)
    {
        var reader = new SmtpReplyReader();
        var replies = new List<SmtpReply>();
        var left = Array.Empty<byte>();
        foreach (var piece in pieces)
        {
            var buffer = left.Length == 0 ? Pieces.Of(piece) : Pieces.Of(left, piece);
            while (reader.TryRead(ref buffer, out var reply)) replies.Add(reply);
            left = buffer.ToArray();
        }

        return replies;
    }

    static string Written(SmtpReply reply)
    {
        var output = new ArrayBufferWriter<byte>();
        reply.WriteTo(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}

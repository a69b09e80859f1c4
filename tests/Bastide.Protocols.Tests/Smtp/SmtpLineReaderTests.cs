using System.Buffers;
using System.Text;
using Bastide.Protocols.Smtp;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.Smtp;

public class SmtpLineReaderTests
{
    [Fact]
    public void Lines_are_cut_at_CR_LF_however_the_octets_arrive()
    {
        foreach (var pieces in Pieces.Cuts("EHLO a\r\nNOOP\r\n\r\n"u8.ToArray()))
            Read(pieces).ShouldBe(["EHLO a", "NOOP", ""]);
    }

    [Fact]
    public void A_lone_LF_or_CR_spoils_its_line_and_no_other()
    {
        foreach (var pieces in Pieces.Cuts("NO\rOP\r\nNOOP\nRSET\r\n"u8.ToArray()))
            Read(pieces).ShouldBe(["BareNewline", "BareNewline", "RSET"]);
    }

    [Fact]
    public void A_line_of_the_longest_length_is_read_and_one_octet_more_is_not()
    {
        Read([Encoding.ASCII.GetBytes(new string('a', 98) + "\r\n" + new string('b', 99) + "\r\nNOOP\r\n")]).ShouldBe([new string('a', 98), "TooLong", "NOOP"]);
    }

    [Fact]
    public void A_line_that_never_ends_is_dropped_as_it_comes()
    {
        var reader = new SmtpLineReader();
        for (var i = 0; i < 1000; i++)
        {
            var buffer = Pieces.Of(new string('x', 1000));
            reader.TryRead(ref buffer, 100, out _).ShouldBeFalse();
            buffer.Length.ShouldBe(0);
        }

        var rest = Pieces.Of("x\r\nNOOP\r\n");
        reader.TryRead(ref rest, 100, out var line).ShouldBeTrue();
        line.Fault.ShouldBe(SmtpLineFault.TooLong);
        reader.TryRead(ref rest, 100, out line).ShouldBeTrue();
        Encoding.ASCII.GetString(line.Text).ShouldBe("NOOP");
    }

    static List<string> Read(byte[][] pieces)
    {
        var reader = new SmtpLineReader();
        var lines = new List<string>();
        var left = Array.Empty<byte>();
        foreach (var piece in pieces)
        {
            var buffer = left.Length == 0 ? Pieces.Of(piece) : Pieces.Of(left, piece);
            while (reader.TryRead(ref buffer, 100, out var line))
                lines.Add(line.Fault == SmtpLineFault.None ? Encoding.Latin1.GetString(line.Text) : line.Fault.ToString());
            left = buffer.ToArray();
            left.Length.ShouldBeLessThan(100);
        }

        return lines;
    }
}

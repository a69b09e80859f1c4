using System.Buffers;
using System.Text;
using Bastide.Protocols.Smtp;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.Smtp;

public class DataDecoderTests
{
    [Theory]
    [InlineData(".\r\n", "")]
    [InlineData("a\r\n.\r\n", "a\r\n")]
    [InlineData("..a\r\n...\r\n.\r\n", ".a\r\n..\r\n")]
    [InlineData("a.\r\n.b\r\n.\r\n", "a.\r\nb\r\n")]
    [InlineData("\r\n\r\n.\r\n", "\r\n\r\n")]
    [InlineData("é\r\n.\r\n", "é\r\n")]
    public void Dots_are_removed_and_the_end_is_found_however_the_octets_arrive(string wire, string content)
    {
        foreach (var pieces in Pieces.Cuts(Encoding.Latin1.GetBytes(wire)))
        {
            var (decoder, decoded, rest) = Decode(pieces);
            decoded.ShouldBe(content);
            decoder.HasEnded.ShouldBeTrue();
            decoder.HasBareNewline.ShouldBeFalse();
            rest.ShouldBe("");
        }
    }

    /// <summary>Each of these ends the message for some server; none does for this one.</summary>
    [Theory]
    [InlineData("a\n.\n")]
    [InlineData("a\r.\r")]
    [InlineData("a\n.\r\n")]
    [InlineData("a\r\n.\n")]
    [InlineData("a\r\n.\r")]
    [InlineData("a\r.\r\n")]
    [InlineData("a\r\r\n.\n")]
    [InlineData("a\n\r.\r\n")]
    [InlineData("a\r\n.\r\r\n")]
    [InlineData(".\n")]
    [InlineData("a\r\n\0.\r\n")]
    public void Nothing_but_CR_LF_dot_CR_LF_ends_a_message(string trick)
    {
        var smuggled = trick + "MAIL FROM:<evil@example.org>\r\n";
        foreach (var pieces in Pieces.Cuts(Encoding.Latin1.GetBytes(smuggled + ".\r\nQUIT\r\n")))
        {
            var (decoder, decoded, rest) = Decode(pieces);
            decoded.ShouldContain("MAIL FROM:<evil@example.org>");
            decoder.HasEnded.ShouldBeTrue();
            decoder.HasBareNewline.ShouldBe(!trick.Contains('\0', StringComparison.Ordinal));
            rest.ShouldBe("QUIT\r\n");
        }
    }

    [Fact]
    public void What_the_encoder_writes_the_decoder_reads()
    {
        var random = new Random(42);
        var alphabet = new[] { "\r\n", ".", "a", "é", "\r\n." };
        for (var run = 0; run < 500; run++)
        {
            var content = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => alphabet[random.Next(alphabet.Length)]));
            if (content.Length > 0 && !content.EndsWith("\r\n", StringComparison.Ordinal)) content += "\r\n";
            var octets = Encoding.Latin1.GetBytes(content);
            var encoder = new DataEncoder();
            var wire = new List<byte>();
            var at = 0;
            while (at < octets.Length)
            {
                var piece = octets.AsSpan(at, Math.Min(octets.Length - at, 1 + random.Next(7)));
                var room = new byte[DataEncoder.RoomFor(piece.Length)];
                wire.AddRange(room[..encoder.Encode(piece, room)]);
                at += piece.Length;
            }

            wire.AddRange(encoder.End().ToArray());
            var (decoder, decoded, rest) = Decode([[.. wire]]);
            decoded.ShouldBe(content);
            (decoder.HasEnded, decoder.HasBareNewline, rest).ShouldBe((true, false, ""));
        }
    }

    static (DataDecoder Decoder, string Content, string Left) Decode(byte[][] pieces)
    {
        var decoder = new DataDecoder();
        var content = new StringBuilder();
        var room = new byte[4];
        var rest = new StringBuilder();
        foreach (var piece in pieces)
        {
            var input = Pieces.Of(piece);
            while (!decoder.HasEnded && !input.IsEmpty)
            {
                var written = decoder.Decode(input, room, out var consumed);
                content.Append(Encoding.Latin1.GetString(room, 0, written));
                input = input.Slice(consumed);
            }

            rest.Append(Encoding.Latin1.GetString(input));
        }

        return (decoder, content.ToString(), rest.ToString());
    }
}

using System.Buffers;
using System.Text;
using Bastide.Protocols.Smtp;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.Smtp;

/// <summary>Octets of no sense, and sense with octets changed, through every parser: none throws and none holds on to them.</summary>
public class GarbageTests
{
    static readonly string[] Seeds =
    [
        "MAIL FROM:<\"a\\\"b\"@[IPv6:2001:db8::1]> SIZE=1 BODY=8BITMIME AUTH=<>\r\n",
        "RCPT TO:<@a.example,@b.example:c@d.example> X=Y\r\n",
        "a\r\n..b\r\n.\r\n",
        "BDAT 10 LAST\r\n",
        "n,a=x,\u0001auth=Bearer y\u0001\u0001",
    ];

    [Fact]
    public void No_parser_throws_on_garbage()
    {
        var random = new Random(7);
        for (var run = 0; run < 20_000; run++)
        {
            var octets = Encoding.UTF8.GetBytes(Seeds[random.Next(Seeds.Length)]);
            for (var change = random.Next(6); change > 0 && octets.Length > 0; change--)
            {
                var at = random.Next(octets.Length);
                octets = random.Next(3) switch
                {
                    0 => [.. octets[..at], (byte)random.Next(256), .. octets[at..]],
                    1 => [.. octets[..at], .. octets[(at + 1)..]],
                    _ => [.. octets[..at], (byte)random.Next(256), .. octets[(at + 1)..]],
                };
            }

            Feed(octets);
        }
    }

    static void Feed(byte[] octets)
    {
        var reader = new SmtpLineReader();
        var buffer = new ReadOnlySequence<byte>(octets);
        while (reader.TryRead(ref buffer, 64, out var line))
        {
            if (!SmtpCommand.TryParse(line.Text, out var command)) continue;
            foreach (var keyword in new[] { "FROM:", "TO:" })
                if (SmtpPath.TryParse(command.Argument, keyword, out var path) && path.Address is { } address && address.Domain.Length > 0)
                {
                    // What was read can be written and read again.
                    SmtpAddress.TryParse(address.ToString(), out var again).ShouldBeTrue(address.ToString());
                    again.ShouldBe(address);
                }

            if (Sasl.TryDecode(command.Argument, out var text)) _ = Sasl.TryPlain(text, out _, out _);
            _ = Sasl.TryBearer(command.Argument, out _);
        }

        buffer.Length.ShouldBeLessThan(64);
        var decoder = new DataDecoder();
        var room = new byte[16];
        var input = new ReadOnlySequence<byte>(octets);
        while (!decoder.HasEnded && !input.IsEmpty)
        {
            decoder.Decode(input, room, out var consumed);
            input = input.Slice(consumed);
        }
    }
}

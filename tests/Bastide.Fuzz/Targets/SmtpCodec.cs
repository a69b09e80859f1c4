using System.Buffers;
using Bastide.Protocols.Smtp;

namespace Bastide.Fuzz.Targets;

/// <summary>
/// The pieces that read SMTP: lines, commands, paths, SASL, the content of DATA, and the replies of other servers. However
/// the octets are cut, the same comes of them; addresses and contents are written and read as the same.
/// </summary>
static class SmtpCodec
{
    const int LongestLine = 200;

    public static void Run(byte[] input)
    {
        var whole = Lines(input, input.Length);
        foreach (var size in (int[])[1, 7])
            Invariant.Holds(Lines(input, size).SequenceEqual(whole, Line.Comparer), $"Cut into pieces of {size}, the lines are others");
        foreach (var line in whole) Read(line.Text);
        CheckData(input);
        CheckReplies(input);
    }

    static List<Line> Lines(byte[] input, int size)
    {
        var reader = new SmtpLineReader();
        var lines = new List<Line>();
        var rest = Array.Empty<byte>();
        for (var at = 0; at < input.Length; at += size)
        {
            var buffer = new ReadOnlySequence<byte>([.. rest, .. input[at..Math.Min(input.Length, at + size)]]);
            while (reader.TryRead(ref buffer, LongestLine, out var line)) lines.Add(new Line(line.Text.ToArray(), line.Fault));
            rest = buffer.ToArray();
            Invariant.Holds(rest.Length < LongestLine, $"{rest.Length} octets of a line are held");
        }

        return lines;
    }

    static void Read(byte[] line)
    {
        if (!SmtpCommand.TryParse(new ReadOnlySequence<byte>(line), out var command)) return;
        foreach (var keyword in (string[])["FROM:", "TO:"])
            if (SmtpPath.TryParse(command.Argument, keyword, out var path) && path.Address is { Domain.Length: > 0 } address)
                Invariant.Holds(SmtpAddress.TryParse(address.ToString(), out var again) && again == address, $"{address} is read again as another");
        if (!Sasl.TryDecode(command.Argument, out var text)) text = command.Argument;
        Sasl.TryPlain(text, out _, out _);
        Sasl.TryBearer(text, out _);
    }

    static void CheckData(byte[] input)
    {
        var (content, hasEnded, hasBare) = Decode(input, input.Length);
        foreach (var size in (int[])[1, 5])
        {
            var cut = Decode(input, size);
            Invariant.Holds(cut.Content.AsSpan().SequenceEqual(content) && cut.HasEnded == hasEnded && cut.HasBare == hasBare, $"Cut into pieces of {size}, the content is another");
        }

        var check = new NewlineCheck();
        foreach (var octet in content) check.Scan([octet]);
        if (hasEnded && !hasBare)
        {
            check.End();
            Invariant.Holds(!check.HasBareNewline, $"A CR or LF alone was not noted");
        }

        // Any content at all is sent so that it arrives as it is, with a line end behind it.
        check = new NewlineCheck();
        check.Scan(input);
        check.End();
        if (check.HasBareNewline) return;
        var encoder = new DataEncoder();
        var room = new byte[DataEncoder.RoomFor(input.Length)];
        var written = encoder.Encode(input, room);
        var (arrived, ended, bare) = Decode([.. room.AsSpan(0, written), .. encoder.End().Span], int.MaxValue);
        Invariant.Holds(ended && !bare && arrived.AsSpan().StartsWith(input) && arrived.Length <= input.Length + 2, $"What is sent is not what arrives");
    }

    static (byte[] Content, bool HasEnded, bool HasBare) Decode(byte[] input, int size)
    {
        var decoder = new DataDecoder();
        var content = new ArrayBufferWriter<byte>();
        Span<byte> room = stackalloc byte[16];
        for (var at = 0; at < input.Length && !decoder.HasEnded; at += Math.Min(size, input.Length - at))
        {
            var buffer = new ReadOnlySequence<byte>(input, at, Math.Min(size, input.Length - at));
            while (!buffer.IsEmpty && !decoder.HasEnded)
            {
                content.Write(room[..decoder.Decode(buffer, room, out var consumed)]);
                buffer = buffer.Slice(consumed);
            }
        }

        return (content.WrittenSpan.ToArray(), decoder.HasEnded, decoder.HasBareNewline);
    }

    static void CheckReplies(byte[] input)
    {
        var reader = new SmtpReplyReader();
        var buffer = new ReadOnlySequence<byte>(input);
        try
        {
            while (reader.TryRead(ref buffer, out var reply))
            {
                var written = new ArrayBufferWriter<byte>();
                reply.WriteTo(written);
                var copy = new ReadOnlySequence<byte>(written.WrittenMemory);
                Invariant.Holds(new SmtpReplyReader().TryRead(ref copy, out var again) && again.Code == reply.Code && copy.IsEmpty, $"{reply} is read again as another");
            }
        }
        catch (InvalidDataException)
        {
            // It is not SMTP, which is what that says.
        }
    }

    sealed record Line(byte[] Text, SmtpLineFault Fault)
    {
        public static IEqualityComparer<Line> Comparer { get; } =
            EqualityComparer<Line>.Create((a, b) => a!.Fault == b!.Fault && a.Text.AsSpan().SequenceEqual(b.Text), line => line.Text.Length);
    }
}

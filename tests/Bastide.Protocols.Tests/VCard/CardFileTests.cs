using System.Text;
using Bastide.Protocols.VCard;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.VCard;

public sealed class CardFileTests
{
    const string Three = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:A\r\nEND:VCARD\r\n\r\nBEGIN:VCARD\r\nVERSION:9\r\nFN:B\r\nEND:VCARD\r\nBEGIN:VCARD\r\nVERSION:4.0\r\nFN:C\r\nEND:VCARD\r\n";

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public async Task Cards_come_one_after_another_and_a_bad_one_does_not_keep_the_others_out(int chunk)
    {
        var readings = await Read(Encoding.UTF8.GetBytes(Three), chunk);
        readings.Select(reading => reading.Card?.First("FN")!.Text).ShouldBe(["A", null, "C"]);
        readings.Select(reading => reading.Line).ShouldBe([1, 6, 10]);
        readings[1].Error.ShouldBe(new CardError(7, "VERSION is 2.1, 3.0 or 4.0."));
        Encoding.UTF8.GetString(readings[0].Octets.Span).ShouldBe("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:A\r\nEND:VCARD\r\n");
    }

    [Fact]
    public async Task A_card_that_is_not_ended_is_told_and_the_next_one_read()
    {
        var readings = await Read(Encoding.UTF8.GetBytes("hello\nworld\nBEGIN:VCARD\nFN:A\nBEGIN:VCARD\nFN:B\nEND:VCARD\nBEGIN:VCARD\nFN:C"), 5);
        readings.Select(reading => (reading.Line, reading.Card?.First("FN")!.Text)).ShouldBe([(1, null), (3, null), (5, "B"), (8, null)]);
    }

    [Fact]
    public async Task A_card_within_an_agent_is_part_of_its_card()
    {
        var readings = await Read(Encoding.UTF8.GetBytes("BEGIN:VCARD\nVERSION:2.1\nFN:A\nAGENT:\nBEGIN:VCARD\nVERSION:2.1\nFN:B\nEND:VCARD\nTEL:1\nEND:VCARD\n"), 9);
        readings.Single().Card!.First("TEL").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_card_that_is_too_large_is_refused_without_being_held()
    {
        var octets = new List<byte>("BEGIN:VCARD\nVERSION:3.0\nNOTE:"u8.ToArray());
        octets.AddRange(new byte[CardLimits.Octets].Select(_ => (byte)'x'));
        octets.AddRange("\nFN:A\nEND:VCARD\nBEGIN:VCARD\nFN:B\nEND:VCARD\n"u8.ToArray());
        var readings = await Read([.. octets], 1 << 20);
        readings.Select(reading => (reading.Line, reading.Card?.First("FN")!.Text, reading.Error?.Reason)).ShouldBe(
            [(1, null, $"A card has at most {CardLimits.Octets} octets."), (6, "B", null)]);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-8")]
    public async Task A_byte_order_mark_says_how_the_file_is_written(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] octets = [.. encoding.GetPreamble(), .. encoding.GetBytes("BEGIN:VCARD\nVERSION:3.0\nFN:Zoë\nEND:VCARD\n")];
        (await Read(octets, 3)).Single().Card!.First("FN")!.Text.ShouldBe("Zoë");
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r")]
    [InlineData("\r\r\n")]
    public async Task Lines_end_as_each_program_ends_them_wherever_the_file_is_cut(string end)
    {
        var octets = Encoding.UTF8.GetBytes(Three.Replace("\r\n", end, StringComparison.Ordinal));
        for (var chunk = 1; chunk < 30; chunk++)
            (await Read(octets, chunk)).Select(reading => (reading.Line, reading.Card?.First("FN")!.Text)).ShouldBe([(1, "A"), (6, null), (10, "C")]);
    }

    static async Task<List<CardReading>> Read(byte[] octets, int chunk)
    {
        var readings = new List<CardReading>();
        await foreach (var reading in CardFile.Read(new ChunkedStream(octets, chunk), TestContext.Current.CancellationToken)) readings.Add(reading);
        return readings;
    }

    sealed class ChunkedStream(byte[] octets, int chunk) : MemoryStream(octets)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(chunk, buffer.Length)], cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(chunk, count));
    }
}

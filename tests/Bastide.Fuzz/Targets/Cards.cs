using System.Text;
using Bastide.Fuzz.Workplace;
using Bastide.Protocols.VCard;

namespace Bastide.Fuzz.Targets;

/// <summary>
/// A file of contacts of anybody: each card is read or told as one that cannot be, however the octets come, and what was
/// read is written and read as the same, in the version it has and in the other.
/// </summary>
static class Cards
{
    public static void Run(byte[] input)
    {
        CardReader.Read(input);
        var readings = Read(input, int.MaxValue).GetAwaiter().GetResult();
        var inPieces = Read(input, 3).GetAwaiter().GetResult();
        Invariant.Holds(readings.Count == inPieces.Count, $"{readings.Count} cards are {inPieces.Count} when they come in pieces");
        for (var i = 0; i < readings.Count; i++)
        {
            Invariant.Holds(readings[i].Card is null != readings[i].Error is null && readings[i].Error == inPieces[i].Error, $"A card is {readings[i]}, and {inPieces[i]} when it comes in pieces");
            if (readings[i].Card is { } card) Check(card);
        }
    }

    static async Task<List<CardReading>> Read(byte[] input, int size)
    {
        var readings = new List<CardReading>();
        await using var stream = new PieceStream(input, size);
        await foreach (var reading in CardFile.Read(stream, CancellationToken.None)) readings.Add(reading);
        return readings;
    }

    static void Check(Card card)
    {
        var current = card.Version == CardVersion.V21 ? CardConversion.To(card, CardVersion.V30) : card;
        CheckWritten(current);
        foreach (var version in (CardVersion[])[CardVersion.V30, CardVersion.V40])
        {
            var other = CardConversion.To(current, version);
            Invariant.Holds(other.Version == version, $"A card of {other.Version} came of {version}");
            CheckWritten(other);
            CheckWritten(CardConversion.To(other, current.Version));
        }

        foreach (var property in current.Properties) Check(property);
    }

    static void CheckWritten(Card card)
    {
        var octets = CardWriter.Write(card);
        foreach (var line in Encoding.UTF8.GetString(octets).Split("\r\n")) Invariant.Holds(Encoding.UTF8.GetByteCount(line) <= 75, $"A line is not folded: {line}");
        var reading = CardReader.Read(octets);
        Invariant.Holds(reading.Card is not null, $"It is written as what cannot be read ({reading.Error}): {Encoding.UTF8.GetString(octets)}");
        var (said, again) = (Lines(card), Lines(reading.Card!));
        Invariant.Holds(reading.Card!.Version == card.Version && said.SequenceEqual(again), $"{said.Except(again).FirstOrDefault()} is read as {again.Except(said).FirstOrDefault()}: {Encoding.UTF8.GetString(octets)}");
    }

    /// <summary>The lines of a card; the order of parameters says nothing.</summary>
    static List<string> Lines(Card card) =>
        [.. card.Properties.Select(property => CardWriter.Line(property with { Parameters = [.. property.Parameters.OrderBy(parameter => parameter.Name, StringComparer.Ordinal)] }))];

    static void Check(CardProperty property)
    {
        Invariant.Holds(CardText.Unescape(CardText.Escape(property.Text)) == property.Text, $"{property.Text} is read again as another");
        var components = CardText.Join(CardText.Components(property.Value));
        Invariant.Holds(CardText.Join(CardText.Components(components)) == components, $"{property.Value} is read as {components}, and that as another");
        if (CardDate.TryParse(property.Value, out var date))
            foreach (var written in (string[])[date.ToBasic(), date.ToExtended()])
                Invariant.Holds(CardDate.TryParse(written, out var again) && (again.Year, again.Month, again.Day) == (date.Year, date.Month, date.Day), $"{property.Value} is written as {written}, and that is another");
        if (DataUri.TryParse(property.Value, out var data)) Invariant.Holds(DataUri.TryParse(data.ToString(), out var same) && same == data, $"{data.MediaType} is read again as another");
    }
}

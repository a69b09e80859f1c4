using Bastide.Mail.Mime;
using Bastide.Platform.Blobs;

namespace Bastide.Fuzz.Targets;

/// <summary>A message of anybody: it is read whatever it is, its parts stand within it, and what is shown of it holds no control characters.</summary>
static class Mime
{
    static Mime() => Charsets.Register();

    public static void Run(byte[] input) => Check(input).GetAwaiter().GetResult();

    static async Task Check(byte[] input)
    {
        using var stream = new MemoryStream(input);
        var message = await MessageParser.Parse(stream, new StoredBlob(BlobId.Of(input), input.Length), CancellationToken.None);
        Invariant.Holds(message.Preview.Length <= 256, $"The preview has {message.Preview.Length} characters");
        var leaves = message.Structure.Leaves().ToList();
        Invariant.Holds(leaves.Select(leaf => leaf.PartId).Distinct().Count() == leaves.Count, $"Two parts have one number");
        foreach (var leaf in leaves) await Check(stream, leaf);
        await MessageText.Read(stream, message.Structure, CancellationToken.None);
        foreach (var field in await HeaderFields.Read(stream, message.Structure, CancellationToken.None)) Check(field);
    }

    static async Task Check(MemoryStream stream, BodyPart leaf)
    {
        var isWithin = 0 <= leaf.HeaderStart && leaf.HeaderStart <= leaf.BodyStart && leaf.BodyStart <= leaf.BodyEnd && leaf.BodyEnd <= stream.Length;
        Invariant.Holds(isWithin, $"The part {leaf.PartId} stands at {leaf.HeaderStart}, {leaf.BodyStart}, {leaf.BodyEnd} of {stream.Length}");
        await using var content = PartContent.Open(stream, leaf);
        using var decoded = new MemoryStream();
        await content.CopyToAsync(decoded);
        Invariant.Holds(decoded.Length == leaf.Size, $"The part {leaf.PartId} has {decoded.Length} octets and says {leaf.Size}");
        Invariant.Holds(BlobId.Of(decoded.ToArray()) == leaf.BlobId!.Value, $"The part {leaf.PartId} is not what its id says");
        Invariant.Holds((await BodyValue.Read(stream, leaf, 50, CancellationToken.None)).Value is not null, $"The part {leaf.PartId} has no value");
    }

    static void Check(HeaderField field)
    {
        var text = HeaderForms.AsText(field.Value);
        Invariant.Holds(!text.Any(c => char.IsControl(c) && c != '\t'), $"{field.Name} holds a control character");
        HeaderForms.AsGroupedAddresses(field.Value);
        Invariant.Holds(HeaderForms.AsMessageIds(field.Value) is not { Count: 0 }, $"{field.Name} has no ids and says so in no way");
        Invariant.Holds(HeaderForms.AsUrls(field.Value) is not { Count: 0 }, $"{field.Name} has no URLs and says so in no way");
        if (HeaderForms.AsDate(field.Value) is { } date) Invariant.Holds(date.UtcDateTime.Year >= 1, $"{field.Name} is before any time");
    }
}

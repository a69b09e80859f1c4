using Bastide.Mail.Import;

namespace Bastide.Fuzz.Targets;

/// <summary>A mailbox file of another program: its messages come one after the other, and the octets read reach its end.</summary>
static class Mbox
{
    public static void Run(byte[] input) => Read(input).GetAwaiter().GetResult();

    static async Task Read(byte[] input)
    {
        var path = Path.Combine(Path.GetTempPath(), $"bastide-fuzz-{Environment.ProcessId}.mbox");
        await File.WriteAllBytesAsync(path, input);
        try
        {
            var (position, octets) = (0L, 0L);
            await foreach (var message in MboxSource.Read(path, ["Old"], at => position = at, CancellationToken.None))
            {
                await using var content = message.Content;
                octets += content.Length;
            }

            Invariant.Holds(position == input.Length, $"{position} of {input.Length} octets were read");
            // A line end may become two octets.
            Invariant.Holds(octets <= 2L * input.Length, $"{octets} octets of messages are in {input.Length}");
        }
        finally
        {
            File.Delete(path);
        }
    }
}

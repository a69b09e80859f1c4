namespace Bastide.Protocols.Imap;

/// <summary>A message in its thread, or what stands where a message is missing.</summary>
/// <param name="message">The message, or null.</param>
public sealed class ThreadNode(ThreadMessage? message)
{
    /// <summary>The message; null for one that is referred to and not there.</summary>
    public ThreadMessage? Message { get; internal set; } = message;

    /// <summary>What answers it.</summary>
    public List<ThreadNode> Children { get; internal set; } = [];

    internal ThreadNode? Parent { get; set; }

    /// <summary>Whether anything was ever put under it.</summary>
    internal bool HadChildren { get; set; }

    /// <summary>The message that stands for the whole: its own, or the first of those below where it is missing.</summary>
    internal ThreadMessage First => Message ?? Children[0].Message!;

    /// <summary>By the time of what stands for them.</summary>
    internal static int BySent(ThreadNode one, ThreadNode other) => ThreadMessage.BySent(one.First, other.First);
}

namespace Bastide.Protocols.Imap;

/// <summary>The ORDEREDSUBJECT algorithm (RFC 5256 §3): those of one base subject are a thread, all answering the first.</summary>
public static class OrderedSubject
{
    /// <summary>The threads, in the order of their first messages.</summary>
    public static List<ThreadNode> Thread(IEnumerable<ThreadMessage> messages)
    {
        var threads = new List<ThreadNode>();
        foreach (var group in messages.GroupBy(message => message.Subject, StringComparer.Ordinal))
        {
            List<ThreadMessage> sorted = [.. group];
            sorted.Sort(ThreadMessage.BySent);
            threads.Add(new ThreadNode(sorted[0]) { Children = [.. sorted.Skip(1).Select(message => new ThreadNode(message))] });
        }

        threads.Sort(ThreadNode.BySent);
        return threads;
    }
}

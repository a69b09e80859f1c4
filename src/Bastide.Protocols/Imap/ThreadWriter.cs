namespace Bastide.Protocols.Imap;

/// <summary>Writes threads as <c>thread-list</c>s (RFC 5256 §5), however deep they are.</summary>
public static class ThreadWriter
{
    /// <summary>Writes them, one behind the other.</summary>
    public static void Write(ImapWriter output, IReadOnlyList<ThreadNode> threads)
    {
        // A null closes what was opened: depth is on the heap, for whoever writes mail decides how deep a thread is.
        var open = new Stack<ThreadNode?>();
        Push(open, threads);
        while (open.TryPop(out var node))
        {
            if (node is null)
            {
                output.Close();
                continue;
            }

            output.Open();
            open.Push(null);
            while (true)
            {
                if (node.Message is not null) output.Number(node.Message.Number);
                if (node.Children.Count == 0) break;
                if (node.Message is not null) output.Space();
                if (node.Children.Count > 1)
                {
                    Push(open, node.Children);
                    break;
                }

                node = node.Children[0];
            }
        }
    }

    static void Push(Stack<ThreadNode?> open, IReadOnlyList<ThreadNode> nodes)
    {
        for (var at = nodes.Count - 1; at >= 0; at--) open.Push(nodes[at]);
    }
}

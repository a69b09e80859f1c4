namespace Bastide.Protocols.Imap;

/// <summary>
/// The REFERENCES algorithm (RFC 5256 §3): who answers whom by the Message-IDs, then threads of one base subject together.
/// Nothing here recurses, for whoever writes mail decides how deep a thread is.
/// </summary>
public sealed class References
{
    readonly Dictionary<string, ThreadNode> _byId = new(StringComparer.Ordinal);
    readonly List<ThreadNode> _all = [];

    References()
    {
    }

    /// <summary>The threads, in the order of their first messages.</summary>
    public static List<ThreadNode> Thread(IEnumerable<ThreadMessage> messages, CancellationToken cancellation)
    {
        var run = new References();
        foreach (var message in messages)
        {
            cancellation.ThrowIfCancellationRequested();
            run.Link(message);
        }

        var roots = run.Prune();
        foreach (var root in roots.Where(root => root.Message is null)) root.Children.Sort(ThreadNode.BySent);
        roots.Sort(ThreadNode.BySent);
        roots = Gather(roots);
        foreach (var node in run._all) node.Children.Sort(ThreadNode.BySent);
        foreach (var root in roots) root.Children.Sort(ThreadNode.BySent);
        roots.Sort(ThreadNode.BySent);
        return roots;
    }

    /// <summary>Step 1: from the references, and above all from the last of them.</summary>
    void Link(ThreadMessage message)
    {
        ThreadNode? parent = null;
        foreach (var id in message.References)
        {
            var node = Of(id);
            // The parent it has already is as likely to be right.
            if (parent is not null && node.Parent is null && !IsLoop(parent, node)) Put(node, parent);
            parent = node;
        }

        var own = Own(message);
        // What others said of it may have been cut off; its own word counts.
        own.Parent = null;
        if (parent is not null && !IsLoop(parent, own)) Put(own, parent);
    }

    ThreadNode Own(ThreadMessage message)
    {
        if (message.Id is not null)
        {
            var node = Of(message.Id);
            if (node.Message is null)
            {
                node.Message = message;
                return node;
            }
        }

        // No Message-ID, or that of another message: it stands for itself, and nothing can answer it.
        var alone = new ThreadNode(message);
        _all.Add(alone);
        return alone;
    }

    ThreadNode Of(string id)
    {
        if (_byId.TryGetValue(id, out var node)) return node;
        node = new ThreadNode(null);
        _byId.Add(id, node);
        _all.Add(node);
        return node;
    }

    static void Put(ThreadNode node, ThreadNode parent)
    {
        node.Parent = parent;
        parent.HadChildren = true;
    }

    /// <summary>Whether the child is above the parent.</summary>
    static bool IsLoop(ThreadNode parent, ThreadNode child)
    {
        // What never had a child is above nothing: no long thread is climbed for each answer that comes to its end.
        if (!child.HadChildren) return parent == child;
        for (var above = parent; above is not null; above = above.Parent)
            if (above == child)
                return true;
        return false;
    }

    /// <summary>
    /// Steps 2 and 3: what is missing goes, its children take its place; but at the top it stays where it holds several together.
    /// </summary>
    List<ThreadNode> Prune()
    {
        var roots = new List<ThreadNode>();
        // Each message goes under the nearest above it that is there, or that is missing at the top: found once for all that share the way.
        var nearest = new Dictionary<ThreadNode, ThreadNode>(ReferenceEqualityComparer.Instance);
        var children = new Dictionary<ThreadNode, List<ThreadNode>>(ReferenceEqualityComparer.Instance);
        foreach (var node in _all.Where(node => node.Message is not null))
        {
            if (node.Parent is null)
            {
                roots.Add(node);
                continue;
            }

            var place = Nearest(node.Parent, nearest);
            if (!children.TryGetValue(place, out var below)) children.Add(place, below = []);
            below.Add(node);
        }

        foreach (var node in _all) node.Children = children.GetValueOrDefault(node) ?? [];
        foreach (var root in _all.Where(node => node.Message is null && node.Children.Count > 0))
        {
            if (root.Children.Count > 1) roots.Add(root);
            else roots.Add(root.Children[0]);
        }

        return roots;
    }

    static ThreadNode Nearest(ThreadNode from, Dictionary<ThreadNode, ThreadNode> known)
    {
        var way = new List<ThreadNode>();
        var at = from;
        while (at.Message is null && at.Parent is not null)
        {
            if (known.TryGetValue(at, out var found))
            {
                at = found;
                break;
            }

            way.Add(at);
            at = at.Parent;
        }

        foreach (var node in way) known[node] = at;
        return at;
    }

    /// <summary>Step 5: threads of one base subject become one.</summary>
    static List<ThreadNode> Gather(List<ThreadNode> roots)
    {
        var bySubject = new Dictionary<string, ThreadNode>(StringComparer.Ordinal);
        foreach (var root in roots)
        {
            var subject = root.First.Subject;
            if (subject.Length == 0) continue;
            if (!bySubject.TryGetValue(subject, out var before)
                || (before.Message is not null && (root.Message is null || (before.Message.IsReply && !root.Message.IsReply))))
                bySubject[subject] = root;
        }

        var gone = new HashSet<ThreadNode>(ReferenceEqualityComparer.Instance);
        var made = new List<ThreadNode>();
        foreach (var root in roots)
        {
            var subject = root.First.Subject;
            if (subject.Length == 0 || gone.Contains(root)) continue;
            var chosen = bySubject[subject];
            if (chosen == root) continue;
            gone.Add(root);
            if (chosen.Message is null)
            {
                if (root.Message is null) chosen.Children.AddRange(root.Children);
                else chosen.Children.Add(root);
            }
            else if (root.Message!.IsReply && !chosen.Message.IsReply)
            {
                chosen.Children.Add(root);
            }
            else
            {
                gone.Add(chosen);
                var both = new ThreadNode(null) { Children = [chosen, root] };
                made.Add(both);
                bySubject[subject] = both;
            }
        }

        return [.. roots.Where(root => !gone.Contains(root)), .. made];
    }
}

namespace Bastide.Mail.Store;

/// <summary>
/// Says which of the messages that come, and of the threads that are there, belong together. A message that knows two
/// threads joins them, as long as the whole stays within <see cref="MostMessages"/>; a thread that is full takes nobody
/// in, and those who would have joined it begin another.
/// </summary>
sealed class ThreadGroups
{
    /// <summary>The most messages in one thread: what a reader can still be shown, and a delivery still reckon with.</summary>
    public const int MostMessages = 500;

    readonly Dictionary<long, Group> _ofThread = [];
    readonly Dictionary<long, Group> _ofKey = [];

    /// <summary>Takes the threads that the keys lead to, with how many messages each has.</summary>
    public ThreadGroups(IReadOnlyDictionary<long, long> threadOfKey, Func<long, int> sizeOf)
    {
        foreach (var (key, thread) in threadOfKey)
        {
            if (!_ofThread.TryGetValue(thread, out var group))
                _ofThread[thread] = group = new Group { Size = sizeOf(thread), Threads = { thread } };
            _ofKey[key] = group;
        }
    }

    /// <summary>The group of a message with these keys, which it joins.</summary>
    public Group Join(IReadOnlyList<long> keys)
    {
        var known = keys.Where(_ofKey.ContainsKey).Select(key => _ofKey[key].Root).Distinct().Where(group => group.Size < MostMessages).ToList();
        var group = known.Count == 0 ? new Group() : known.MaxBy(g => g.Size)!;
        group.Size++;
        foreach (var other in known)
            if (other != group && other.Size + group.Size <= MostMessages)
                group.Absorb(other);
        foreach (var key in keys)
            if (!_ofKey.TryGetValue(key, out var before) || before.Root.Size >= MostMessages)
                _ofKey[key] = group;
        return group;
    }

    /// <summary>Messages and threads that belong together.</summary>
    public sealed class Group
    {
        Group? _into;

        /// <summary>How many messages it has.</summary>
        public int Size { get; set; }

        /// <summary>The threads that are there already.</summary>
        public List<long> Threads { get; } = [];

        /// <summary>The group this one went into, or itself.</summary>
        public Group Root => _into?.Root ?? this;

        internal void Absorb(Group other)
        {
            other._into = this;
            Size += other.Size;
            Threads.AddRange(other.Threads);
        }
    }
}

using System.Xml.Linq;
using Bastide.Platform.Changes;
using Bastide.Protocols.Dav;

namespace Bastide.Protocols.Tests.Dav;

/// <summary>A collection or a file of <see cref="Shelves"/>.</summary>
sealed class ShelfEntry
{
    static long _lastId;

    /// <summary>What grants name it by.</summary>
    public long Id { get; } = Interlocked.Increment(ref _lastId);

    public SortedDictionary<string, ShelfEntry>? Members { get; private init; }

    public bool IsCollection => Members is not null;

    public IReadOnlyList<XName> Types { get; init; } = [];

    public byte[] Content { get; init; } = [];

    public string? ContentType { get; init; }

    public Sequence CreatedSeq { get; set; }

    public Sequence ChangedSeq { get; set; }

    /// <summary>When anything in it last changed; for a collection.</summary>
    public Sequence State { get; set; }

    public DateTimeOffset Created { get; init; }

    public DateTimeOffset Modified { get; init; }

    public string? DisplayName { get; set; }

    public string? Colour { get; set; }

    public Dictionary<XName, DavDeadProperty> Dead { get; private init; } = [];

    /// <summary>What went: name, when it came and when it went.</summary>
    public List<(string Name, Sequence Created, Sequence Gone)> Gone { get; } = [];

    public static ShelfEntry Collection(Sequence sequence, DateTimeOffset now, IReadOnlyList<XName>? types = null) => new()
    {
        Members = new SortedDictionary<string, ShelfEntry>(StringComparer.Ordinal),
        Types = types ?? [],
        CreatedSeq = sequence,
        ChangedSeq = sequence,
        State = sequence,
        Created = now,
        Modified = now,
    };

    /// <summary>A file with new content in the place of this one, or of none.</summary>
    public static ShelfEntry File(ShelfEntry? old, byte[] content, string? type, Sequence sequence, DateTimeOffset now) => new()
    {
        Content = content,
        ContentType = type,
        CreatedSeq = old?.CreatedSeq ?? sequence,
        ChangedSeq = sequence,
        Created = old?.Created ?? now,
        Modified = now,
        Dead = old?.Dead ?? [],
        DisplayName = old?.DisplayName,
    };

    public ShelfEntry Copy(Sequence sequence, bool withMembers)
    {
        var copy = new ShelfEntry
        {
            Members = IsCollection ? new SortedDictionary<string, ShelfEntry>(StringComparer.Ordinal) : null,
            Types = Types,
            Content = Content,
            ContentType = ContentType,
            CreatedSeq = sequence,
            ChangedSeq = sequence,
            State = sequence,
            Created = Created,
            Modified = Modified,
            DisplayName = DisplayName,
            Colour = Colour,
            Dead = new Dictionary<XName, DavDeadProperty>(Dead),
        };
        if (withMembers && Members is not null)
            foreach (var (name, member) in Members)
                copy.Members![name] = member.Copy(sequence, withMembers);
        return copy;
    }

    public void Add(string name, ShelfEntry entry, Sequence sequence)
    {
        Gone.RemoveAll(gone => gone.Name == name);
        Members![name] = entry;
        State = sequence;
    }

    public bool Remove(string name, Sequence sequence)
    {
        if (!Members!.Remove(name, out var entry)) return false;
        Gone.Add((name, entry.CreatedSeq, sequence));
        State = sequence;
        return true;
    }

    /// <summary>Sets and removes properties.</summary>
    public void Patch(IReadOnlyList<DavPropertyChange> changes)
    {
        foreach (var change in changes)
        {
            if (change.Name == DavNames.DisplayName) DisplayName = change.Value is null ? null : change.Text;
            else if (change.Name == Shelves.Namespace + "colour") Colour = change.Value is null ? null : change.Text;
            else if (change.Xml is { } xml) Dead[change.Name] = new DavDeadProperty(change.Name, xml);
            else Dead.Remove(change.Name);
        }
    }
}

using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace Bastide.Mail.Store;

/// <summary>
/// What binds messages into a thread (RFC 8621 §3): each id of Message-ID, In-Reply-To and References together with the
/// base subject, as one hash. A collision would only put a message beside a stranger of the same account.
/// </summary>
static class ThreadKeys
{
    const int MostReferences = 100;

    /// <summary>The keys of a message, its own id first; none when it says no id at all.</summary>
    public static List<long> Of(MessageHeader header)
    {
        var subject = Encoding.UTF8.GetBytes(BaseSubject.ForThreads(header.Subject ?? ""));
        var keys = new List<long>();
        foreach (var id in Ids(header))
        {
            var key = Hash(id, subject);
            if (!keys.Contains(key)) keys.Add(key);
        }

        return keys;
    }

    static IEnumerable<string> Ids(MessageHeader header) =>
        [.. (header.MessageId ?? []).Take(1), .. (header.InReplyTo ?? []).Take(10), .. Bounded(header.References ?? [])];

    /// <summary>The references that count: of very long chains the first and the last ancestors.</summary>
    public static IReadOnlyList<string> Bounded(IReadOnlyList<string> references) =>
        references.Count <= MostReferences ? references : [.. references.Take(10), .. references.Skip(references.Count - (MostReferences - 10))];

    static long Hash(string id, byte[] subject)
    {
        var hash = new XxHash3();
        hash.Append(Encoding.UTF8.GetBytes(id));
        hash.Append([0]);
        hash.Append(subject);
        return BinaryPrimitives.ReadInt64BigEndian(hash.GetCurrentHash());
    }
}

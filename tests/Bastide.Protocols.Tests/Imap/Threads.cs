using System.Buffers;
using System.Text;
using Bastide.Protocols.Imap;

namespace Bastide.Protocols.Tests.Imap;

/// <summary>Messages for threading, and threads as they are told.</summary>
static class Threads
{
    /// <summary>A message sent in the order of the numbers unless said; a subject that begins with <c>Re:</c> is that of a reply.</summary>
    public static ThreadMessage Message(uint number, string? id, string references = "", string subject = "", long? sentAt = null)
    {
        var isReply = subject.StartsWith("Re:", StringComparison.Ordinal);
        return new ThreadMessage(number, id, references.Split(' ', StringSplitOptions.RemoveEmptyEntries), isReply ? subject[3..] : subject, isReply, sentAt ?? number);
    }

    public static string ByReferences(params IEnumerable<ThreadMessage> messages) => Written(References.Thread(messages, CancellationToken.None));

    public static string BySubject(params IEnumerable<ThreadMessage> messages) => Written(OrderedSubject.Thread(messages));

    static string Written(List<ThreadNode> threads)
    {
        var buffer = new ArrayBufferWriter<byte>();
        ThreadWriter.Write(new ImapWriter(buffer), threads);
        return Encoding.ASCII.GetString(buffer.WrittenSpan);
    }
}

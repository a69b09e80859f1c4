using Bastide.Mail.Store;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Protocols.Imap;

namespace Bastide.Mail.Imap;

/// <summary>
/// Reads what APPEND and REPLACE take, line by line: the octets of messages go to the blob store as they come (RFC 9051
/// §6.3.12; RFC 4469; RFC 6855 §4). Where it refuses, whatever still comes is left to the connection to pass over.
/// </summary>
sealed class AppendReader(ImapSession session, ImapArguments arguments)
{
    const int LongestLine = 64 * 1024;
    const int LongestString = 4096;
    const int MostParts = 1000;
    ImapArguments _arguments = arguments;

    /// <summary>Why the message that was read last is refused: the text of the answer with its code.</summary>
    public string Refusal { get; private set; } = "";

    /// <summary>What follows what was read.</summary>
    public ImapArguments Arguments => _arguments;

    /// <summary>Reads the name of the mailbox and the space behind it.</summary>
    public async ValueTask<string> Mailbox()
    {
        await Complete();
        var path = _arguments.Mailbox(session.Out.Utf8);
        _arguments.Space();
        return path;
    }

    /// <summary>Reads a message; null when it is refused.</summary>
    public async ValueTask<AppendItem?> Message()
    {
        var head = AppendHead.Parse(_arguments);
        var flags = head.Flags.Select(ImapFlags.KeywordOf).OfType<string>().Distinct().ToList();
        if (!flags.TrueForAll(Keywords.IsValid))
        {
            Refuse("[CANNOT] One of the flags cannot be a keyword");
            return null;
        }

        await using var writer = session.Server.Blobs.Create();
        var came = head.Form == AppendForm.Catenate ? await Parts(writer) : await Literal(writer, mayBeEmpty: false);
        if (!came) return null;
        if (head.Form == AppendForm.Utf8) _arguments.Expect(')');
        if (writer.Length == 0)
        {
            Refuse("[CANNOT] An empty message is none");
            return null;
        }

        var blob = await writer.Complete(session.Cancellation);
        return new AppendItem(await session.Server.Messages.Parse(blob, session.Cancellation), head.InternalDate, flags, head.Flags.Contains(ImapFlags.Deleted));
    }

    /// <summary>Whether another message follows (RFC 3502).</summary>
    public bool TryNext()
    {
        if (_arguments.AtEnd) return false;
        _arguments.Space();
        return true;
    }

    /// <summary>Notes why; false, as the answer of what refuses.</summary>
    bool Refuse(string text)
    {
        Refusal = text;
        return false;
    }

    /// <summary>RFC 4469 §3.</summary>
    async ValueTask<bool> Parts(BlobWriter writer)
    {
        var count = 0;
        do
        {
            if (++count > MostParts) return Refuse($"[LIMIT] A message is put together from {MostParts} parts at most");
            switch (_arguments.Keyword())
            {
                case "TEXT":
                    _arguments.Space();
                    if (!await Literal(writer, mayBeEmpty: true)) return false;
                    break;
                case "UTF8":
                    _arguments.Space();
                    _arguments.Expect('(');
                    if (!await Literal(writer, mayBeEmpty: true)) return false;
                    _arguments.Expect(')');
                    break;
                case "URL":
                    _arguments.Space();
                    await Complete();
                    if (!await Reference(writer, _arguments.AString())) return false;
                    break;
                default:
                    throw new ImapSyntaxException("CATENATE takes TEXT with a literal and URL");
            }
        }
        while (_arguments.TrySpace());

        _arguments.Expect(')');
        return true;
    }

    async ValueTask<bool> Literal(BlobWriter writer, bool mayBeEmpty)
    {
        var literal = _arguments.LiteralToCome();
        var most = session.Server.Limits.MessageSize;
        if (literal.Size > most - writer.Length) return Refuse($"[TOOBIG] A message may have {most} octets");
        if (literal.Size == 0 && !mayBeEmpty) return Refuse("[CANNOT] An empty message is none");
        await session.Channel.Accept(literal);
        if (!await session.Channel.ReadLiteral(piece => Keep(writer, piece))) throw new EndOfStreamException();
        _arguments = new ImapArguments(await Line());
        return true;
    }

    async ValueTask<bool> Reference(BlobWriter writer, string written)
    {
        var most = session.Server.Limits.MessageSize - writer.Length;
        if (ImapUrl.Parse(written) is not { } url || await Find(url) is not var (account, mailbox)) return BadUrl(written, "There is no such message");
        var (_, messages) = await session.Server.MailboxMessages.Messages(account, mailbox, [url.Uid], isContiguous: true, withStructure: true, session.Cancellation);
        if (messages.Values.FirstOrDefault() is not { } message) return BadUrl(written, "There is no such message");
        await using var octets = await session.Server.Messages.OpenBlob(message.Row.Blob, session.Cancellation);
        await using var content = octets is null ? null : await SectionReader.Open(octets, message.Structure!, url.Section, session.Cancellation);
        if (content is null) return BadUrl(written, "The message has no such part");
        var (from, count) = url.Partial is var (offset, wanted) ? (Math.Min(offset, content.Length), wanted ?? long.MaxValue) : (0, long.MaxValue);
        count = Math.Min(count, content.Length - from);
        if (count > most) return Refuse($"[TOOBIG] A message may have {session.Server.Limits.MessageSize} octets");
        content.Position = from;
        await Copy(content, count, writer);
        return true;
    }

    /// <summary>The mailbox of a reference that its asker may read.</summary>
    async ValueTask<(AccountId Account, long Mailbox)?> Find(ImapUrl url)
    {
        if (url.Mailbox is null)
            return session.Selected is { } selected && (url.UidValidity ?? selected.UidValidity) == selected.UidValidity ? (selected.Account, selected.Id) : null;
        if (await MailboxTree.Find(session, url.Mailbox) is not { Account: { } account, Mailbox: { } mailbox }) return null;
        return mailbox.MyRights.HasFlag(Rights.Read) && (url.UidValidity ?? mailbox.UidValidity) == mailbox.UidValidity ? (account, mailbox.Id) : null;
    }

    /// <summary>RFC 4469 §4.</summary>
    bool BadUrl(string url, string text)
    {
        var code = url.Length < LongestString && url.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0 && url.AsSpan().IndexOfAny('"', '\\', ']') < 0 ? $"[BADURL \"{url}\"]" : "[CANNOT]";
        return Refuse($"{code} {text}");
    }

    /// <summary>Where the string that comes next is a literal, takes it and the line behind it in.</summary>
    async ValueTask Complete()
    {
        if (_arguments.Peek is not ('{' or '~')) return;
        var header = _arguments.Rest;
        var literal = _arguments.LiteralToCome();
        if (literal.Size > LongestString) throw new ImapSyntaxException("The string is too long");
        await session.Channel.Accept(literal);
        var whole = new List<byte>([.. header.Span, .. "\r\n"u8]);
        var came = await session.Channel.ReadLiteral(piece =>
        {
            whole.AddRange(piece.Span);
            return ValueTask.CompletedTask;
        });
        if (!came) throw new EndOfStreamException();
        whole.AddRange(await Line());
        _arguments = new ImapArguments(whole.ToArray());
    }

    async ValueTask<byte[]> Line() =>
        await session.Channel.ReadLine(LongestLine, session.Server.Limits.Piece) ?? throw new EndOfStreamException();

    async ValueTask Keep(BlobWriter writer, ReadOnlyMemory<byte> piece)
    {
        try
        {
            await writer.WriteAsync(piece, session.Cancellation);
        }
        catch (IOException exception)
        {
            // Not the connection's: the client is told, and what still comes is passed over.
            throw new InvalidOperationException("The message could not be stored.", exception);
        }
    }

    async ValueTask Copy(Stream content, long count, BlobWriter writer)
    {
        var buffer = new byte[Math.Min(count, 32 * 1024)];
        while (count > 0)
        {
            var read = await content.ReadAsync(buffer.AsMemory(0, (int)Math.Min(count, buffer.Length)), session.Cancellation);
            if (read == 0) throw new InvalidOperationException("The message is shorter than it was.");
            await Keep(writer, buffer.AsMemory(0, read));
            count -= read;
        }
    }
}

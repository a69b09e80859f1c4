using System.Buffers;
using System.Text;
using Bastide.Protocols.Imap;

namespace Bastide.Mail.Imap;

/// <summary>
/// Puts the lines and literals of a command together, within bounds; literals of messages are left to the verb. A client
/// that has not signed in makes the server hold <see cref="ImapLimits.CommandBeforeSignIn"/> octets at most.
/// </summary>
sealed class CommandReader(ImapChannel channel, ImapLimits limits)
{
    static readonly SearchValues<byte> NotInTags = SearchValues.Create("(){%*\"\\+"u8);

    /// <summary>The next command that is one, or null when the peer is gone or was sent away; what is none was answered.</summary>
    public async ValueTask<ImapCommand?> Next(ImapSession session)
    {
        while (true)
        {
            var most = session.Caller is null ? limits.CommandBeforeSignIn : limits.Command;
            if (channel.IsWithinCommand && !await Skip(session)) return null;
            if (await channel.ReadLine(most, limits.Idle) is not { } line) return null;
            var (tag, name, rest) = Split(line);
            if (tag is null)
            {
                await session.Bad("*", "A command begins with a tag");
            }
            else if (name is null || !ImapVerbs.Table.TryGetValue(name, out var verb))
            {
                await session.Bad(tag, "There is no such command");
            }
            else if (verb.Streams && session.Caller is not null)
            {
                return new ImapCommand(tag, verb, new ImapArguments(rest));
            }
            else if (await Complete(session, tag, line, rest, most) is { } whole)
            {
                return new ImapCommand(tag, verb, new ImapArguments(whole));
            }

            if (session.IsClosed) return null;
        }
    }

    /// <summary>The rest of the command with its literals; null when it is too large, which was answered.</summary>
    async ValueTask<ReadOnlyMemory<byte>?> Complete(ImapSession session, string tag, byte[] line, ReadOnlyMemory<byte> rest, int most)
    {
        if (!ImapLiteral.TryParseHeader(line, out var literal)) return rest;
        var whole = new ArrayBufferWriter<byte>(rest.Length + 256);
        whole.Write(rest.Span);
        while (true)
        {
            // "{18446744073709551615}" is not a reason to add before comparing.
            if (literal.Size > most - whole.WrittenCount - 2)
            {
                await session.Bad(tag, $"[TOOBIG] A command may have {most} octets");
                return null;
            }

            await channel.Accept(literal);
            whole.Write("\r\n"u8);
            var came = await channel.ReadLiteral(piece =>
            {
                whole.Write(piece.Span);
                return ValueTask.CompletedTask;
            });
            if (!came || await channel.ReadLine(most - whole.WrittenCount, limits.Piece) is not { } next)
            {
                session.Hang();
                return null;
            }

            whole.Write(next);
            if (!ImapLiteral.TryParseHeader(next, out literal)) return whole.WrittenMemory;
        }
    }

    /// <summary>
    /// Passes over what is left of a command that was answered before its end: octets of a message must never be taken for
    /// commands. False when the peer is gone, or sent away because too much would come.
    /// </summary>
    async ValueTask<bool> Skip(ImapSession session)
    {
        var most = session.Caller is null ? limits.CommandBeforeSignIn : 2 * limits.MessageSize;
        while (channel.IsWithinCommand)
        {
            if (channel.Owed > most)
            {
                await session.Bye("There is no telling where the next command begins");
                return false;
            }

            most -= channel.Owed;
            if (!await channel.ReadLiteral(_ => ValueTask.CompletedTask) || await channel.ReadLine(limits.Command, limits.Piece) is not { } line)
            {
                session.Hang();
                return false;
            }

            most -= line.Length;
        }

        return true;
    }

    /// <summary>Tag, verb in upper case with <c>UID</c> before it where it stands, and what follows the space behind.</summary>
    static (string? Tag, string? Name, ReadOnlyMemory<byte> After) Split(ReadOnlyMemory<byte> line)
    {
        var (tag, rest) = Word(line);
        if (tag.Length == 0 || tag.Length > 100 || tag.Span.IndexOfAnyExceptInRange((byte)'!', (byte)'~') >= 0 || tag.Span.ContainsAny(NotInTags)) return (null, null, default);
        (var verb, rest) = Word(rest);
        var name = Encoding.ASCII.GetString(verb.Span).ToUpperInvariant();
        if (name == "UID")
        {
            (verb, rest) = Word(rest);
            name = "UID " + Encoding.ASCII.GetString(verb.Span).ToUpperInvariant();
        }

        return (Encoding.ASCII.GetString(tag.Span), name, rest);
    }

    static (ReadOnlyMemory<byte> Word, ReadOnlyMemory<byte> After) Word(ReadOnlyMemory<byte> text)
    {
        var end = text.Span.IndexOf((byte)' ');
        return end < 0 ? (text, default) : (text[..end], text[(end + 1)..]);
    }
}

using System.Buffers;
using Bastide.Mail.Jmap;
using Bastide.Mail.Mime;
using Bastide.Mail.Store;
using Bastide.Platform.Blobs;
using Bastide.Protocols.Imap;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Imap.Verbs;

/// <summary>
/// <c>FETCH</c> and <c>UID FETCH</c>. Flags and dates come from the mailbox alone, structure and envelope from what was
/// stored at arrival; only what asks for octets opens the message. State: selected. RFC 9051 §6.4.5; RFC 7162 §3.1.4,
/// §3.2.6; RFC 3516 §4.2; RFC 8474 §4; RFC 8514 §4.2; RFC 8970 §3; RFC 9394 §3.3.
/// </summary>
static class Fetch
{
    const int Light = 1000;
    const int Heavy = 100;
    const int Piece = 32 * 1024;
    const FetchAttributes OfContents = FetchAttributes.Envelope | FetchAttributes.Body | FetchAttributes.BodyStructure | FetchAttributes.Preview;

    public static async ValueTask Handle(ImapSession session, ImapCommand command)
    {
        var set = command.Arguments.SequenceSet();
        command.Arguments.Space();
        var asked = FetchArguments.Parse(command.Arguments);
        var mailbox = session.Selected!;
        var uids = mailbox.Resolve(set, command.IsUid);
        if (asked.Vanished && (!command.IsUid || !session.IsQresync))
        {
            await session.Bad(command.Tag, "VANISHED is for UID FETCH once QRESYNC is enabled");
            return;
        }

        if (asked.Partial is { } partial)
        {
            if (!command.IsUid) throw new ImapSyntaxException("PARTIAL is for UID FETCH");
            // Before those that changed are chosen (RFC 9394 §3.4).
            uids = partial.Of(uids);
        }

        if (asked.ChangedSince is not null || asked.Attributes.HasFlag(FetchAttributes.ModSeq)) session.BeginCondstore();
        if (asked.ChangedSince is { } since)
        {
            var changed = await Changed(session, mailbox, set, since, asked.Vanished);
            uids = uids.FindAll(changed.Contains);
            asked = asked with { Attributes = asked.Attributes | FetchAttributes.ModSeq };
        }

        // Flags that are told because reading sets one are told with their sequence (RFC 7162 §3.2.4).
        if (asked.SetsSeen && session.IsCondstore) asked = asked with { Attributes = asked.Attributes | FetchAttributes.ModSeq };
        if (asked.SetsSeen && !mailbox.IsReadOnly) await SetSeen(session, mailbox, uids);
        if (await Tell(session, mailbox, uids, asked)) await session.Ok(command, "FETCH completed");
        else await session.No(command, "[UNKNOWN-CTE] There is a part whose transfer encoding is not known");
    }

    /// <summary>
    /// Tells of messages what is asked for, also without a command (RFC 5465 §5.1). False when some were passed over, whose
    /// parts cannot be decoded (RFC 3516 §4.3).
    /// </summary>
    public static async ValueTask<bool> Tell(ImapSession session, SelectedMailbox mailbox, List<uint> uids, FetchArguments asked)
    {
        var whole = true;
        if (IsHeavy(asked)) foreach (var chunk in uids.Chunk(Heavy)) whole &= await Write(session, mailbox, chunk, asked);
        else await WritePlaces(session, mailbox, uids, asked);
        return whole;
    }

    static bool IsHeavy(FetchArguments asked) => asked.Sections.Count > 0 || (asked.Attributes & OfContents) != 0;

    /// <summary>The UIDs that changed since; tells what of the set is gone since when that is asked.</summary>
    static async ValueTask<HashSet<uint>> Changed(ImapSession session, SelectedMailbox mailbox, SequenceSet set, long since, bool tellsVanished)
    {
        if (await session.Server.MailboxMessages.Since(session.Caller!, mailbox.Account, mailbox.Id, since, session.Cancellation) is not { } delta) return [];
        if (tellsVanished)
        {
            var asked = set.Resolve(Math.Max(mailbox.UidNext, 2) - 1);
            List<uint> gone = [.. delta.Expunged.Where(uid => mailbox.NumberOf(uid) == 0 && asked.Any(range => range.Contains(uid))).Distinct().Order()];
            if (gone.Count > 0) session.Out.Raw("* VANISHED (EARLIER) "u8).Text(SequenceSet.Format(gone)).Line();
        }

        return [.. delta.Changed.Select(place => place.Uid)];
    }

    /// <summary>Reading a text sets <c>\Seen</c>; the new flags are told with the message.</summary>
    static async ValueTask SetSeen(ImapSession session, SelectedMailbox mailbox, List<uint> uids)
    {
        if (!mailbox.Rights.HasFlag(Platform.Accounts.Rights.Write)) return;
        var seen = new FlagChange(new Patch<string> { Add = ["$seen"] }, null);
        if (await session.Server.MailboxMessages.View(mailbox.Account, mailbox.Id, session.Cancellation) is not { } view) return;
        var unseen = view.Find(uids.ToArray()).FindAll(place => !place.Flags.HasFlag(MessageFlags.Seen)).ConvertAll(place => place.Uid);
        foreach (var chunk in unseen.Chunk(MailboxMessages.MostAtOnce))
            await session.Server.MailboxMessages.SetFlags(session.Caller!, mailbox.Account, mailbox.Id, chunk, seen, null, session.Cancellation);
    }

    /// <summary>What the mailbox alone knows.</summary>
    static async ValueTask WritePlaces(ImapSession session, SelectedMailbox mailbox, List<uint> uids, FetchArguments asked)
    {
        if (await session.Server.MailboxMessages.View(mailbox.Account, mailbox.Id, session.Cancellation) is not { } view) return;
        foreach (var chunk in uids.Chunk(Light))
        {
            var places = view.Find(chunk);
            var keywords = await session.Server.MailboxMessages.Keywords(places, session.Cancellation);
            foreach (var place in places)
            {
                Begin(session, mailbox, place, asked, keywords.GetValueOrDefault(place.Message));
                session.Out.Close().Line();
            }

            await session.Channel.FlushSome();
        }
    }

    static async ValueTask<bool> Write(ImapSession session, SelectedMailbox mailbox, uint[] uids, FetchArguments asked)
    {
        var whole = true;
        var needsStructure = asked.Sections.Count > 0 || (asked.Attributes & (FetchAttributes.Body | FetchAttributes.BodyStructure)) != 0;
        var (found, messages) = await session.Server.MailboxMessages.Messages(mailbox.Account, mailbox.Id, uids, IsContiguous(mailbox, uids), needsStructure, session.Cancellation);
        foreach (var place in found)
        {
            if (!messages.TryGetValue(place.Message, out var message)) continue;
            if (asked.Sections.Any(section => section.Form != FetchSectionForm.Encoded && !BinaryPart.CanDecode(message.Structure!, section.Section)))
            {
                whole = false;
                continue;
            }

            var follows = Begin(session, mailbox, place, asked, message.Row.OtherKeywords);
            follows = WriteContents(session.Out, message, asked.Attributes, follows);
            if (asked.Sections.Count > 0) await WriteSections(session, message, asked.Sections, follows);
            session.Out.Close().Line();
            await session.Channel.FlushSome();
        }

        return whole;
    }

    /// <summary>Whether no other message the client knows lies between them: then one step in the index finds them.</summary>
    static bool IsContiguous(SelectedMailbox mailbox, uint[] uids) => mailbox.NumberOf(uids[^1]) - mailbox.NumberOf(uids[0]) == uids.Length - 1;

    /// <summary>Begins the answer with what the mailbox knows; false when that is nothing yet.</summary>
    static bool Begin(ImapSession session, SelectedMailbox mailbox, Place place, FetchArguments asked, List<string>? keywords)
    {
        var (output, attributes) = (session.Out, asked.Attributes);
        var isFirst = true;
        ImapWriter Item()
        {
            if (!isFirst) output.Space();
            isFirst = false;
            return output;
        }

        session.BeginFetch(mailbox.NumberOf(place.Uid), place.Uid);
        // Also where it was not asked for; where the answer begins with it, it need not be told twice (RFC 9586 §3.3).
        if (!session.IsUidOnly || attributes.HasFlag(FetchAttributes.Uid)) Item().Raw("UID "u8).Number(place.Uid);
        if (attributes.HasFlag(FetchAttributes.Flags) || asked.SetsSeen)
        {
            ImapFlags.Write(Item().Raw("FLAGS "u8), place.Flags, keywords);
            mailbox.Told(place);
        }

        if (attributes.HasFlag(FetchAttributes.ModSeq))
        {
            Item().Raw("MODSEQ ("u8).Number(place.ModSeq).Close();
            mailbox.Heard(place.ModSeq);
        }

        if (attributes.HasFlag(FetchAttributes.InternalDate)) Item().Raw("INTERNALDATE "u8).InternalDate(DateTimeOffset.FromUnixTimeMilliseconds(place.ReceivedAt));
        if (attributes.HasFlag(FetchAttributes.SaveDate)) Item().Raw("SAVEDATE "u8).InternalDate(DateTimeOffset.FromUnixTimeMilliseconds(place.SavedAt));
        if (attributes.HasFlag(FetchAttributes.Size)) Item().Raw("RFC822.SIZE "u8).Number(place.Size);
        if (attributes.HasFlag(FetchAttributes.EmailId)) Item().Text($"EMAILID ({WireId.Email.Write(place.Message)})");
        if (attributes.HasFlag(FetchAttributes.ThreadId)) Item().Text($"THREADID ({WireId.Thread.Write(place.Thread)})");
        return !isFirst;
    }

    static bool WriteContents(ImapWriter output, StoredMessage message, FetchAttributes attributes, bool follows)
    {
        ImapWriter Item(ReadOnlySpan<byte> name)
        {
            if (follows) output.Space();
            follows = true;
            return output.Raw(name);
        }

        if (attributes.HasFlag(FetchAttributes.Envelope)) EnvelopeWriter.Envelope(Item("ENVELOPE "u8), message.Header);
        if (attributes.HasFlag(FetchAttributes.Body)) EnvelopeWriter.Structure(Item("BODY "u8), message.Structure!, isExtended: false);
        if (attributes.HasFlag(FetchAttributes.BodyStructure)) EnvelopeWriter.Structure(Item("BODYSTRUCTURE "u8), message.Structure!, isExtended: true);
        if (attributes.HasFlag(FetchAttributes.Preview)) Item("PREVIEW "u8).String(message.Preview);
        return follows;
    }

    static async ValueTask WriteSections(ImapSession session, StoredMessage message, IReadOnlyList<FetchSection> sections, bool follows)
    {
        await using var octets = await session.Server.Messages.OpenBlob(message.Row.Blob, session.Cancellation);
        foreach (var section in sections)
        {
            var output = session.Out;
            if (follows) output.Space();
            follows = true;
            output.Text(section.Label);
            if (section.Partial is var (from, _)) output.Raw("<"u8).Number(from).Raw(">"u8);
            output.Space();
            if (octets is null)
            {
                output.Nil();
                continue;
            }

            await Write(session, octets, message.Structure!, section);
        }
    }

    static async ValueTask Write(ImapSession session, Stream octets, BodyPart root, FetchSection section)
    {
        if (section.Form == FetchSectionForm.BinarySize)
        {
            session.Out.Number(await BinaryPart.Size(octets, root, section.Section, session.Cancellation));
            return;
        }

        if (section.Form == FetchSectionForm.Binary)
        {
            await using var decoded = await BinaryPart.Open(octets, root, section.Section, session.Cancellation);
            if (decoded is null) session.Out.Nil();
            else await WriteRange(session, decoded.Content, section.Partial, literal8: decoded.HasNul);
            return;
        }

        await using var content = await SectionReader.Open(octets, root, section.Section, session.Cancellation);
        // A part that is not there is NIL; so it is for what has nothing to show.
        if (content is null) session.Out.Nil();
        else await WriteRange(session, content, section.Partial, literal8: false);
    }

    static async ValueTask WriteRange(ImapSession session, Stream content, (uint Offset, uint Count)? partial, bool literal8)
    {
        var (offset, count) = partial is var (from, most) ? (Math.Min(from, content.Length), Math.Min(most, Math.Max(content.Length - from, 0))) : (0, content.Length);
        session.Out.LiteralHeader(count, literal8);
        content.Position = offset;
        await Pass(session, content, count);
    }

    static async ValueTask Pass(ImapSession session, Stream content, long count)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            while (count > 0)
            {
                var read = await content.ReadAsync(buffer.AsMemory(0, (int)Math.Min(count, buffer.Length)), session.Cancellation);
                if (read == 0) throw new IOException("The message is shorter than it was.");
                session.Out.Raw(buffer.AsSpan(0, read));
                count -= read;
                await session.Channel.FlushSome();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}

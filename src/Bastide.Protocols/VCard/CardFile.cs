using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace Bastide.Protocols.VCard;

/// <summary>
/// Reads the cards of a file one after another, however many there are; one that cannot be read is told as such and the
/// next is read. No more than one card is held.
/// </summary>
public static class CardFile
{
    const int Chunk = 64 * 1024;

    /// <summary>Reads the stream to its end; it may be in UTF-8, in UTF-16 with a byte order mark, or as 2.1 says.</summary>
    public static async IAsyncEnumerable<CardReading> Read(Stream stream, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var lines = new LineSource(stream);
        await lines.Begin(cancellation);
        CardPieces? card = null;
        while (await lines.Next(cancellation))
        {
            var isBegin = CardReader.IsLine(lines.Current.Span, "BEGIN:VCARD"u8);
            if (card is null)
            {
                if (isBegin) card = new CardPieces(lines.Number);
                else if (lines.Current.Span.Trim(" \t\r\n"u8).Length > 0 && lines.IsFirstStray()) yield return new CardReading(null, new CardError(lines.Number, "Here a card would begin with BEGIN:VCARD."), default, lines.Number);
                card?.Add(lines.Current.Span);
                continue;
            }

            if (isBegin && !card.MayEnclose)
            {
                yield return card.Unended();
                card = new CardPieces(lines.Number);
                card.Add(lines.Current.Span);
                continue;
            }

            card.Add(lines.Current.Span);
            if (!card.IsEnded) continue;
            yield return card.Read();
            card = null;
        }

        if (card is not null) yield return card.Unended();
    }

    /// <summary>The lines of one card as they come.</summary>
    sealed class CardPieces(long firstLine)
    {
        readonly ArrayBufferWriter<byte> _octets = new(1024);
        int _depth;
        bool _isAgent;
        bool _isTooLarge;

        /// <summary>Whether a card may begin here within this one: 2.1 has it after an empty AGENT.</summary>
        public bool MayEnclose => _isAgent || _depth > 1;

        public bool IsEnded => _depth == 0;

        public void Add(ReadOnlySpan<byte> line)
        {
            if (CardReader.IsLine(line, "BEGIN:VCARD"u8)) _depth++;
            if (CardReader.IsLine(line, "END:VCARD"u8)) _depth--;
            var text = line.Trim(" \t\r\n"u8);
            if (text.Length > 0) _isAgent = text.Length < 64 && text[^1] == ':' && Ascii.EqualsIgnoreCase(text[..Math.Min(5, text.Length)], "AGENT"u8);
            _isTooLarge |= _octets.WrittenCount + line.Length > CardLimits.Octets;
            if (!_isTooLarge) _octets.Write(line);
        }

        public CardReading Read() => _isTooLarge
            ? new CardReading(null, new CardError(firstLine, $"A card has at most {CardLimits.Octets} octets."), default, firstLine)
            : CardReader.Read(_octets.WrittenMemory, firstLine);

        public CardReading Unended() => new(null, new CardError(firstLine, "The card that begins here is not ended with END:VCARD."), _isTooLarge ? default : _octets.WrittenMemory, firstLine);
    }

    /// <summary>Lines with their ends; one that is longer than a card may be comes in pieces.</summary>
    sealed class LineSource(Stream source)
    {
        Stream _stream = source;
        byte[] _buffer = new byte[Chunk];
        int _start;
        int _end;
        bool _isOver;
        bool _isWhole = true;
        bool _hasStray;

        public ReadOnlyMemory<byte> Current { get; private set; }

        public long Number { get; private set; }

        /// <summary>Whether this is the first text outside cards; the others are not worth an error each.</summary>
        public bool IsFirstStray() => !_hasStray && (_hasStray = true);

        public async ValueTask Begin(CancellationToken cancellation)
        {
            await Fill(cancellation);
            var head = _buffer.AsSpan(0, _end);
            if (head.StartsWith(Encoding.UTF8.Preamble)) _start = 3;
            var wide = head.StartsWith(Encoding.Unicode.Preamble) ? Encoding.Unicode : head.StartsWith(Encoding.BigEndianUnicode.Preamble) ? Encoding.BigEndianUnicode : null;
            if (wide is null) return;
            var first = head[2..].ToArray();
            _stream = Encoding.CreateTranscodingStream(new PrefixedStream(first, _stream), wide, Encoding.UTF8, leaveOpen: true);
            (_start, _end, _isOver) = (0, 0, false);
        }

        public async ValueTask<bool> Next(CancellationToken cancellation)
        {
            var searched = _start;
            while (true)
            {
                var end = _buffer.AsSpan(searched, _end - searched).IndexOfAny((byte)'\r', (byte)'\n');
                var at = end < 0 ? -1 : searched + end;
                if (at >= 0 && CardLines.EndLength(_buffer.AsSpan(at, _end - at), _isOver) is var length and > 0)
                {
                    Take(at + length, isWhole: true);
                    return true;
                }

                if (_isOver || _end - _start > CardLimits.Octets)
                {
                    if (_end == _start) return false;
                    Take(_end, isWhole: _isOver);
                    return true;
                }

                searched = at >= 0 ? at : _end;
                var moved = _start;
                await Fill(cancellation);
                searched -= moved - _start;
            }
        }

        void Take(int to, bool isWhole)
        {
            if (_isWhole) Number++;
            Current = _buffer.AsMemory(_start, to - _start);
            _start = to;
            _isWhole = isWhole;
        }

        async ValueTask Fill(CancellationToken cancellation)
        {
            if (_start > 0)
            {
                _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
                (_start, _end) = (0, _end - _start);
            }

            if (_end == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
            var read = await _stream.ReadAsync(_buffer.AsMemory(_end), cancellation);
            _isOver = read == 0;
            _end += read;
        }
    }
}

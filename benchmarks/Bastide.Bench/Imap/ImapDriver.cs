using System.Buffers;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Bastide.Bench.Imap;

/// <summary>
/// A client that costs little: writes a command, reads until its tagged answer, and looks at nothing in between but literals
/// and the lines that are asked for. Throws when a command is refused.
/// </summary>
sealed class ImapDriver : IDisposable
{
    readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    byte[] _buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
    int _start;
    int _end;
    int _tags;

    /// <summary>Connects and reads the greeting.</summary>
    public static async Task<ImapDriver> Connect(int port, CancellationToken cancellation)
    {
        var driver = new ImapDriver();
        await driver._socket.ConnectAsync("127.0.0.1", port, cancellation);
        await driver.Line(cancellation);
        return driver;
    }

    /// <summary>Connects and signs in.</summary>
    public static async Task<ImapDriver> SignIn(int port, string user, string password, CancellationToken cancellation)
    {
        var driver = await Connect(port, cancellation);
        await driver.Do($"LOGIN \"{user}\" \"{password}\"", cancellation);
        return driver;
    }

    /// <summary>Does a command; answers the octets that came.</summary>
    public Task<long> Do(string command, CancellationToken cancellation) => Do(command, null, cancellation);

    /// <summary>Does a command and hands on every untagged line.</summary>
    public async Task<long> Do(string command, Action<string>? untagged, CancellationToken cancellation)
    {
        var tag = "t" + (++_tags).ToString(CultureInfo.InvariantCulture);
        await Send($"{tag} {command}\r\n", cancellation);
        return await Answer(tag, command, untagged, cancellation);
    }

    /// <summary>Appends a message, with a literal that the server is asked to take first.</summary>
    public async Task Append(string mailbox, byte[] message, CancellationToken cancellation)
    {
        var tag = "t" + (++_tags).ToString(CultureInfo.InvariantCulture);
        var head = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{tag} APPEND {mailbox} (\\Seen) {{{message.Length}+}}\r\n"));
        await _socket.SendAsync(new List<ArraySegment<byte>> { head, message, "\r\n"u8.ToArray() }, SocketFlags.None).WaitAsync(cancellation);
        await Answer(tag, "APPEND", null, cancellation);
    }

    /// <summary>Is idle for a moment: begins and ends.</summary>
    public async Task Idle(CancellationToken cancellation)
    {
        var tag = await BeginIdle(cancellation);
        await Send("DONE\r\n", cancellation);
        await Answer(tag, "IDLE", null, cancellation);
    }

    /// <summary>Begins to be idle and stays so; answers the tag.</summary>
    public async Task<string> BeginIdle(CancellationToken cancellation)
    {
        var tag = "t" + (++_tags).ToString(CultureInfo.InvariantCulture);
        await Send(tag + " IDLE\r\n", cancellation);
        while (true)
        {
            var (from, length, _) = await Line(cancellation);
            if (_buffer[from] == '+') return tag;
            if (_buffer[from] != '*') throw new InvalidOperationException("IDLE was refused: " + Encoding.UTF8.GetString(_buffer, from, length));
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        ArrayPool<byte>.Shared.Return(_buffer);
    }

    async Task Send(string text, CancellationToken cancellation) => await _socket.SendAsync(Encoding.ASCII.GetBytes(text), cancellation);

    async Task<long> Answer(string tag, string command, Action<string>? untagged, CancellationToken cancellation)
    {
        var octets = 0L;
        while (true)
        {
            var (from, length, literal) = await Line(cancellation);
            octets += length + literal;
            if (_buffer[from] == '*')
            {
                if (untagged is not null && literal == 0) untagged(Encoding.UTF8.GetString(_buffer, from, length));
                await Skip(literal, cancellation);
                continue;
            }

            if (literal > 0)
            {
                await Skip(literal, cancellation);
                continue;
            }

            if (!IsTag(tag, from, length)) continue;
            if (_buffer[from + tag.Length + 1] == 'O') return octets;
            throw new InvalidOperationException($"{command} was refused: {Encoding.UTF8.GetString(_buffer, from, length)}");
        }
    }

    bool IsTag(string tag, int from, int length)
    {
        if (length <= tag.Length || _buffer[from + tag.Length] != ' ') return false;
        for (var at = 0; at < tag.Length; at++)
            if (_buffer[from + at] != tag[at])
                return false;
        return true;
    }

    /// <summary>The next line without its end, and the size of the literal that it announces.</summary>
    async ValueTask<(int From, int Length, int Literal)> Line(CancellationToken cancellation)
    {
        var searched = 0;
        while (true)
        {
            var end = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (end >= 0)
            {
                var (from, length) = (_start, searched + end);
                _start += length + 1;
                if (length > 0 && _buffer[from + length - 1] == '\r') length--;
                return (from, length, LiteralOf(_buffer.AsSpan(from, length)));
            }

            searched = _end - _start;
            await Fill(cancellation);
        }
    }

    static int LiteralOf(ReadOnlySpan<byte> line)
    {
        if (line.Length == 0 || line[^1] != '}') return 0;
        var open = line.LastIndexOf((byte)'{');
        return open >= 0 && int.TryParse(line[(open + 1)..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0;
    }

    async ValueTask Skip(int octets, CancellationToken cancellation)
    {
        while (octets > 0)
        {
            if (_start == _end) await Fill(cancellation);
            var some = Math.Min(octets, _end - _start);
            _start += some;
            octets -= some;
        }
    }

    async ValueTask Fill(CancellationToken cancellation)
    {
        if (_start == _end) (_start, _end) = (0, 0);
        else if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        var came = await _socket.ReceiveAsync(_buffer.AsMemory(_end), cancellation);
        if (came == 0) throw new IOException("The server closed the connection.");
        _end += came;
    }
}

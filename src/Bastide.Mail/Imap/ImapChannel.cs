using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Net.Security;
using System.Text;
using Bastide.Mail.Smtp;
using Bastide.Protocols.Imap;

namespace Bastide.Mail.Imap;

/// <summary>
/// The two directions of a connection. Answers are kept back while whole commands wait, but never more than
/// <see cref="MostUnflushed"/> octets of them; every wait, for octets and for room, has an end.
/// </summary>
sealed class ImapChannel : IAsyncDisposable
{
    const int MostUnflushed = 32 * 1024;
    readonly ImapLimits _limits;
    // Apart: an idle client is waited for and told things at the same time.
    readonly CancellationTokenSource _wait;
    readonly CancellationTokenSource _room;
    readonly CancellationTokenRegistration _whenEnded;
    readonly IDuplexPipe _transport;
    PipeReader _input;
    PipeWriter _output;
    SslStream? _tls;
    Stream? _layer;

    public ImapChannel(IDuplexPipe transport, ImapLimits limits, TimeProvider time, CancellationToken ended)
    {
        _transport = transport;
        _input = transport.Input;
        _output = transport.Output;
        _limits = limits;
        _wait = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _room = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _whenEnded = ended.UnsafeRegister(static channel => ((ImapChannel)channel!).Cancel(), this);
        Out = new ImapWriter(_output);
    }

    /// <summary>Writes answers; they leave with <see cref="Flush"/>.</summary>
    public ImapWriter Out { get; private set; }

    /// <summary>Whether TLS protects the connection.</summary>
    public bool IsTls => _tls is not null;

    /// <summary>Whether both directions are compressed (RFC 4978).</summary>
    public bool IsCompressed { get; private set; }

    /// <summary>
    /// How many octets of a literal are on their way, whoever will read them: those a client sends without being asked
    /// (RFC 7888), and those it was asked for.
    /// </summary>
    public long Owed { get; private set; }

    /// <summary>Whether what comes next belongs to the command at hand: octets of a literal, or the line behind one.</summary>
    public bool IsWithinCommand { get; private set; }

    /// <summary>
    /// The next line without its end, copied; null when the peer is gone. <paramref name="most"/> octets are read at most:
    /// beyond, <see cref="ImapLineTooLongException"/>. LF alone ends a line too, as every server of the field lets it.
    /// </summary>
    public async ValueTask<byte[]?> ReadLine(int most, TimeSpan patience)
    {
        var waiting = false;
        while (true)
        {
            if (!_input.TryRead(out var result))
            {
                await Flush();
                if (!waiting) _wait.CancelAfter(patience);
                waiting = true;
                result = await _input.ReadAsync(_wait.Token);
            }

            var buffer = result.Buffer;
            if (buffer.PositionOf((byte)'\n') is { } end)
            {
                var text = buffer.Slice(0, end);
                if (text.Length > most) throw new ImapLineTooLongException();
                var line = text.ToArray();
                _input.AdvanceTo(buffer.GetPosition(1, end));
                // What the command takes is not the client's silence.
                if (waiting) _wait.CancelAfter(Timeout.InfiniteTimeSpan);
                if (line.Length > 0 && line[^1] == '\r') line = line[..^1];
                IsWithinCommand = ImapLiteral.TryParseHeader(line, out var literal) && literal.IsNonSynchronizing;
                Owed = IsWithinCommand ? literal.Size : 0;
                return line;
            }

            var isTooLong = buffer.Length > most;
            _input.AdvanceTo(buffer.Start, buffer.End);
            if (isTooLong) throw new ImapLineTooLongException();
            if (result.IsCompleted || result.IsCanceled) return null;
        }
    }

    /// <summary>Gives up a <see cref="ReadLine"/> that waits: it answers null.</summary>
    public void CancelRead() => _input.CancelPendingRead();

    /// <summary>Whether octets have come that nobody has read yet.</summary>
    public bool HasInput()
    {
        if (!_input.TryRead(out var result)) return false;
        _input.AdvanceTo(result.Buffer.Start);
        return !result.Buffer.IsEmpty;
    }

    /// <summary>Waits until octets have come that nobody has read yet, or the peer has gone.</summary>
    public async ValueTask WhenInput(TimeSpan patience)
    {
        if (!_input.TryRead(out var result))
        {
            _wait.CancelAfter(patience);
            result = await _input.ReadAsync(_wait.Token);
            _wait.CancelAfter(Timeout.InfiniteTimeSpan);
        }

        _input.AdvanceTo(result.Buffer.Start);
    }

    /// <summary>Passes the octets of the literal on. False when the peer went away before.</summary>
    public async ValueTask<bool> ReadLiteral(Func<ReadOnlyMemory<byte>, ValueTask> take)
    {
        while (Owed > 0)
        {
            if (!_input.TryRead(out var result))
            {
                await Flush();
                _wait.CancelAfter(_limits.Piece);
                result = await _input.ReadAsync(_wait.Token);
            }

            var piece = result.Buffer.Slice(0, Math.Min(Owed, result.Buffer.Length));
            try
            {
                foreach (var segment in piece) await take(segment);
            }
            finally
            {
                Owed -= piece.Length;
                _input.AdvanceTo(piece.End);
            }

            if (Owed > 0 && (result.IsCompleted || result.IsCanceled)) return false;
        }

        _wait.CancelAfter(Timeout.InfiniteTimeSpan);
        return true;
    }

    /// <summary>Lets the literal come where the client waits to be asked for it (RFC 9051 §4.3).</summary>
    public async ValueTask Accept(ImapLiteral literal)
    {
        if (literal.IsNonSynchronizing) return;
        (Owed, IsWithinCommand) = (literal.Size, true);
        Out.Raw("+ Go on\r\n"u8);
        await Flush();
    }

    /// <summary>Lets go what was written when it is much.</summary>
    public ValueTask FlushSome() => _output.CanGetUnflushedBytes && _output.UnflushedBytes < MostUnflushed ? ValueTask.CompletedTask : Flush();

    /// <summary>Lets go what was written; waits for room no longer than the limits say.</summary>
    public async ValueTask Flush()
    {
        if (_output.CanGetUnflushedBytes && _output.UnflushedBytes == 0) return;
        _room.CancelAfter(_limits.Write);
        var result = await _output.FlushAsync(_room.Token);
        if (_layer is not null) await _layer.FlushAsync(_room.Token);
        _room.CancelAfter(Timeout.InfiniteTimeSpan);
        if (result.IsCompleted) throw new IOException("The peer is gone.");
    }

    /// <summary>A last word to a peer that may have gone or stopped reading: it is not waited for long.</summary>
    public async ValueTask Farewell(string text)
    {
        try
        {
            using var shortly = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            _output.Write(Encoding.UTF8.GetBytes($"* BYE {text}\r\n"));
            await _output.FlushAsync(shortly.Token);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or InvalidOperationException or ObjectDisposedException)
        {
            // Whoever does not read its last answer does without.
        }
    }

    /// <summary>
    /// Drops what came in clear and was not read yet: whatever a peer, or somebody between, sent behind STARTTLS must not
    /// be taken as sent within TLS (CVE-2011-0411).
    /// </summary>
    public void DropUnread()
    {
        if (_input.TryRead(out var result)) _input.AdvanceTo(result.Buffer.End);
    }

    /// <summary>Begins TLS. Throws <see cref="System.Security.Authentication.AuthenticationException"/> or <see cref="IOException"/>.</summary>
    public async ValueTask StartTls(SslServerAuthenticationOptions options)
    {
        _wait.CancelAfter(_limits.Handshake);
        var tls = new SslStream(new DuplexPipeStream(_input, _output), leaveInnerStreamOpen: false);
        _tls = tls;
        await tls.AuthenticateAsServerAsync(options, _wait.Token);
        _wait.CancelAfter(Timeout.InfiniteTimeSpan);
        Over(tls, tls);
    }

    /// <summary>Compresses both directions from here on (RFC 4978).</summary>
    public void StartDeflate()
    {
        var under = (Stream?)_tls ?? new DuplexPipeStream(_input, _output);
        _layer = new DeflateStream(under, CompressionLevel.Fastest, leaveOpen: true);
        // What came behind the command is compressed already and stands in the reader.
        Over(new DeflateStream(_input.AsStream(leaveOpen: true), CompressionMode.Decompress, leaveOpen: true), _layer);
        IsCompressed = true;
    }

    /// <summary>Lets everything leave, and ends TLS as TLS wants it, so that the peer knows that nothing was cut off.</summary>
    public async ValueTask End()
    {
        try
        {
            using var shortly = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            await _output.FlushAsync(shortly.Token);
            // Its last octets must come before the transport is closed to them.
            var layer = _layer;
            _layer = null;
            if (layer is not null) await layer.DisposeAsync().AsTask().WaitAsync(shortly.Token);
            if (_tls is { IsAuthenticated: true }) await _tls.ShutdownAsync().WaitAsync(shortly.Token);
            await _transport.Output.FlushAsync(shortly.Token);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or InvalidOperationException or ObjectDisposedException)
        {
            // The peer has gone, or does not read.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _whenEnded.DisposeAsync();
        if (_layer is not null) await _layer.DisposeAsync();
        if (_tls is not null) await _tls.DisposeAsync();
        _wait.Dispose();
        _room.Dispose();
    }

    void Cancel()
    {
        _wait.Cancel();
        _room.Cancel();
    }

    void Over(Stream input, Stream output)
    {
        _input = PipeReader.Create(input, new StreamPipeReaderOptions(bufferSize: 4096, minimumReadSize: 512, leaveOpen: true, useZeroByteReads: true));
        _output = PipeWriter.Create(output, new StreamPipeWriterOptions(leaveOpen: true));
        Out = new ImapWriter(_output) { Utf8 = Out.Utf8 };
    }
}

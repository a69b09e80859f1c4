using System.Buffers;
using System.IO.Pipelines;
using System.Net.Security;
using Bastide.Protocols.Smtp;

namespace Bastide.Mail.Smtp;

/// <summary>
/// The two directions of a connection. Replies are kept back while whole commands wait, so that a pipelined group is
/// answered together (RFC 2920 §3.2), but never more than <see cref="MostUnflushed"/> octets of them; every wait, for
/// octets and for room, has an end.
/// </summary>
sealed class SmtpChannel : IAsyncDisposable
{
    const int MostUnflushed = 16 * 1024;
    readonly SmtpLimits _limits;
    readonly CancellationTokenSource _wait;
    readonly CancellationTokenRegistration _whenEnded;
    PipeReader _input;
    PipeWriter _output;
    SmtpLineReader _lines = new();
    SslStream? _tls;

    public SmtpChannel(IDuplexPipe transport, SmtpLimits limits, TimeProvider time, CancellationToken ended)
    {
        _input = transport.Input;
        _output = transport.Output;
        _limits = limits;
        _wait = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _whenEnded = ended.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _wait);
    }

    /// <summary>The TLS of the connection, or null.</summary>
    public SslStream? Tls => _tls;

    /// <summary>
    /// The next line, or null when the peer is gone. The line is copied: nothing points into the buffer. The whole line
    /// must come within the time for idleness, so that a peer of one octet a second does not stay.
    /// </summary>
    public async ValueTask<(byte[] Text, SmtpLineFault Fault)?> ReadLine(int most)
    {
        var waiting = false;
        while (true)
        {
            if (!_input.TryRead(out var result))
            {
                await Flush();
                if (!waiting) _wait.CancelAfter(_limits.Idle);
                waiting = true;
                result = await _input.ReadAsync(_wait.Token);
            }

            var buffer = result.Buffer;
            if (_lines.TryRead(ref buffer, most, out var line))
            {
                var text = line.Text.ToArray();
                _input.AdvanceTo(buffer.Start);
                return (text, line.Fault);
            }

            _input.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted || result.IsCanceled) return null;
        }
    }

    /// <summary>The next octets of a message; give back what was taken with <see cref="Advance"/>.</summary>
    public async ValueTask<ReadResult> Read()
    {
        if (_input.TryRead(out var result)) return result;
        await Flush();
        _wait.CancelAfter(_limits.Idle);
        return await _input.ReadAsync(_wait.Token);
    }

    public void Advance(SequencePosition consumed) => _input.AdvanceTo(consumed);

    /// <summary>Writes a reply; it leaves at the latest when the peer is waited for.</summary>
    public async ValueTask Write(SmtpReply reply)
    {
        reply.WriteTo(_output);
        if (_output.CanGetUnflushedBytes && _output.UnflushedBytes > MostUnflushed) await Flush();
    }

    public async ValueTask Flush()
    {
        if (_output.CanGetUnflushedBytes && _output.UnflushedBytes == 0) return;
        _wait.CancelAfter(_limits.Write);
        await _output.FlushAsync(_wait.Token);
    }

    /// <summary>A last reply to a peer that may have gone or stopped reading: it is not waited for long.</summary>
    public async ValueTask Farewell(SmtpReply reply)
    {
        try
        {
            using var shortly = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            reply.WriteTo(_output);
            await _output.FlushAsync(shortly.Token);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or InvalidOperationException or ObjectDisposedException)
        {
            // Whoever does not read its last reply does without.
        }
    }

    /// <summary>
    /// Drops what came in clear and was not read yet: whatever a peer, or somebody between, sent behind STARTTLS must
    /// not be taken as sent within TLS. RFC 3207 §4.2.
    /// </summary>
    public void DropUnread()
    {
        if (!_input.TryRead(out var result)) return;
        _input.AdvanceTo(result.Buffer.End);
        _lines = new SmtpLineReader();
    }

    /// <summary>Begins TLS. Throws <see cref="System.Security.Authentication.AuthenticationException"/> or <see cref="IOException"/>.</summary>
    public async ValueTask StartTls(SslServerAuthenticationOptions options)
    {
        _wait.CancelAfter(_limits.Handshake);
        var tls = new SslStream(new DuplexPipeStream(_input, _output), leaveInnerStreamOpen: false);
        _tls = tls;
        await tls.AuthenticateAsServerAsync(options, _wait.Token);
        _input = PipeReader.Create(tls, new StreamPipeReaderOptions(bufferSize: 16 * 1024, minimumReadSize: 1024, leaveOpen: true, useZeroByteReads: true));
        _output = PipeWriter.Create(tls, new StreamPipeWriterOptions(leaveOpen: true));
    }

    /// <summary>Ends TLS as TLS wants it, so that the peer knows that nothing was cut off.</summary>
    public async ValueTask EndTls()
    {
        if (_tls is not { IsAuthenticated: true }) return;
        try
        {
            await _tls.ShutdownAsync().WaitAsync(TimeSpan.FromSeconds(2));
        }
        catch (Exception exception) when (exception is IOException or TimeoutException or InvalidOperationException or ObjectDisposedException)
        {
            // The peer has gone, or does not read.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _whenEnded.DisposeAsync();
        if (_tls is not null) await _tls.DisposeAsync();
        _wait.Dispose();
    }
}

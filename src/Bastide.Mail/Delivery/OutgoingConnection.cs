using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Authentication;
using System.Text;
using Bastide.Protocols.Smtp;

namespace Bastide.Mail.Delivery;

/// <summary>
/// A conversation with another server, this one being the client. Uses STARTTLS (RFC 3207), PIPELINING (RFC 2920), SIZE
/// (RFC 1870), 8BITMIME (RFC 6152), SMTPUTF8 (RFC 6531) and CHUNKING (RFC 3030) where they are offered. TLS is
/// opportunistic (RFC 7435): a certificate nobody vouches for still keeps out those who only listen.
/// </summary>
sealed class OutgoingConnection(Stream stream, string host, string ownName, RemoteCertificateValidationCallback validate, DeliveryLimits limits) : IAsyncDisposable
{
    const int PieceSize = 64 * 1024;
    const int MostPipelined = 50;
    static readonly SmtpReply NeedsUtf8 = new(550, "5.6.7", "The server does not take addresses beyond ASCII (SMTPUTF8)");
    static readonly SmtpReply NeedsEightBit = new(550, "5.6.3", "The server does not take messages of eight bits (8BITMIME)");
    static readonly SmtpReply TooLarge = new(552, "5.3.4", "The message is larger than the server takes");

    readonly SmtpReplyReader _replies = new();
    Stream _stream = stream;
    PipeReader _input = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
    Dictionary<string, string> _extensions = [];

    /// <summary>Whether the connection is encrypted and the server's certificate is good.</summary>
    public bool IsVerified { get; private set; }

    /// <summary>Greets. Answers the server's refusal, or null when it is ready for a message.</summary>
    public async ValueTask<SmtpReply?> Begin(bool mayTls, CancellationToken cancellation)
    {
        var greeting = await Read(limits.Reply, cancellation);
        if (!greeting.IsPositive) return greeting;
        if (await Greet(cancellation) is { } refusal) return refusal;
        if (!mayTls || !_extensions.ContainsKey("STARTTLS")) return null;
        if (!(await Command("STARTTLS", cancellation)).IsPositive) return null;
        await StartTls(cancellation);
        return await Greet(cancellation);
    }

    /// <summary>Sends one message; answers how it stands with each recipient.</summary>
    public async ValueTask<IReadOnlyList<RecipientResult>> Send(
        OutgoingMessage message, IReadOnlyList<string> recipients, Func<CancellationToken, ValueTask<(Stream Content, long Length)>> open, CancellationToken cancellation)
    {
        var (content, length) = await open(cancellation);
        await using var opened = content;
        if (Unfit(message, length) is { } unfit) return All(recipients, unfit);
        var (sayable, results) = Sayable(recipients);
        if (sayable.Count == 0) return results;

        var mail = Mail(message, sayable, length);
        if (await Command(mail, cancellation) is { IsPositive: false } refused) return [.. results, .. All([.. sayable.Keys], refused)];
        var accepted = new List<string>();
        foreach (var (recipient, reply) in await Recipients(sayable, cancellation))
        {
            if (reply.IsPositive) accepted.Add(recipient);
            else results.Add(Result(recipient, reply));
        }

        if (accepted.Count == 0) return results;
        var last = _extensions.ContainsKey("CHUNKING") ? await SendChunk(content, length, cancellation) : await SendData(content, cancellation);
        results.AddRange(All(accepted, last));
        return results;
    }

    /// <summary>Forgets a transaction that may be open, before the next. RFC 5321 §4.1.1.5.</summary>
    public async ValueTask Reset(CancellationToken cancellation) => await Command("RSET", cancellation);

    /// <summary>Takes leave; whether the server hears it does not matter any more.</summary>
    public async ValueTask Quit(CancellationToken cancellation)
    {
        try
        {
            await Write("QUIT\r\n"u8.ToArray(), cancellation);
            await Read(TimeSpan.FromSeconds(5), cancellation);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or OperationCanceledException)
        {
            // It has the message.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _input.CompleteAsync();
        await _stream.DisposeAsync();
    }

    async ValueTask<SmtpReply?> Greet(CancellationToken cancellation)
    {
        _extensions = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var reply = await Command("EHLO " + ownName, cancellation);
        if (reply.IsPositive)
        {
            foreach (var line in reply.Lines.Skip(1))
            {
                var words = line.Split(' ', 2);
                _extensions[words[0]] = words.Length > 1 ? words[1] : "";
            }

            return null;
        }

        // A server from before extensions (RFC 5321 §3.2).
        if (!reply.IsPermanent) return reply;
        reply = await Command("HELO " + ownName, cancellation);
        return reply.IsPositive ? null : reply;
    }

    async ValueTask StartTls(CancellationToken cancellation)
    {
        await _input.CompleteAsync();
        var tls = new SslStream(_stream, leaveInnerStreamOpen: false);
        _stream = tls;
        using var patience = Patience(limits.Write, cancellation);
        try
        {
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = host,
                RemoteCertificateValidationCallback = Look,
            }, patience.Token);
        }
        catch (IOException exception)
        {
            // A server that hangs up at the handshake is one whose TLS does not work, too.
            throw new AuthenticationException("The server broke off the TLS handshake.", exception);
        }

        _input = PipeReader.Create(tls, new StreamPipeReaderOptions(leaveOpen: true));
    }

    bool Look(object sender, System.Security.Cryptography.X509Certificates.X509Certificate? certificate, System.Security.Cryptography.X509Certificates.X509Chain? chain, SslPolicyErrors errors)
    {
        IsVerified = validate(sender, certificate, chain, errors);
        return certificate is not null;
    }

    SmtpReply? Unfit(OutgoingMessage message, long length)
    {
        if (_extensions.TryGetValue("SIZE", out var size) && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most > 0 && length > most) return TooLarge;
        if (SmtpAddress.TryParse(message.Sender, out var sender) && ForWire(sender) is null) return NeedsUtf8;
        return message.IsEightBit && !_extensions.ContainsKey("8BITMIME") ? NeedsEightBit : null;
    }

    /// <summary>How an address is said to this server: where it takes ASCII only, the domain can be, the local part cannot.</summary>
    string? ForWire(SmtpAddress address)
    {
        if (address.IsAscii || _extensions.ContainsKey("SMTPUTF8")) return address.ToString();
        if (!Ascii.IsValid(address.Local)) return null;
        try
        {
            return (address with { Domain = new IdnMapping().GetAscii(address.Domain) }).ToString();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    (Dictionary<string, string> Sayable, List<RecipientResult> Results) Sayable(IReadOnlyList<string> recipients)
    {
        var sayable = new Dictionary<string, string>(StringComparer.Ordinal);
        var results = new List<RecipientResult>();
        foreach (var recipient in recipients)
        {
            if (SmtpAddress.TryParse(recipient, out var address) && ForWire(address) is { } said) sayable[recipient] = said;
            else results.Add(Result(recipient, NeedsUtf8));
        }

        return (sayable, results);
    }

    string Mail(OutgoingMessage message, Dictionary<string, string> recipients, long length)
    {
        var sender = SmtpAddress.TryParse(message.Sender, out var address) ? ForWire(address) : "";
        var command = new StringBuilder("MAIL FROM:<").Append(sender).Append('>');
        if (_extensions.ContainsKey("SIZE")) command.Append(CultureInfo.InvariantCulture, $" SIZE={length}");
        if (message.IsEightBit && _extensions.ContainsKey("8BITMIME")) command.Append(" BODY=8BITMIME");
        var needsUtf8 = message.IsUtf8 || !Ascii.IsValid(sender) || recipients.Values.Any(r => !Ascii.IsValid(r));
        if (needsUtf8 && _extensions.ContainsKey("SMTPUTF8")) command.Append(" SMTPUTF8");
        return command.ToString();
    }

    async ValueTask<List<(string Recipient, SmtpReply Reply)>> Recipients(Dictionary<string, string> recipients, CancellationToken cancellation)
    {
        var replies = new List<(string, SmtpReply)>(recipients.Count);
        foreach (var group in recipients.Chunk(_extensions.ContainsKey("PIPELINING") ? MostPipelined : 1))
        {
            await Write(Encoding.UTF8.GetBytes(string.Concat(group.Select(r => $"RCPT TO:<{r.Value}>\r\n"))), cancellation);
            foreach (var (recipient, _) in group) replies.Add((recipient, await Read(limits.Reply, cancellation)));
        }

        return replies;
    }

    async ValueTask<SmtpReply> SendData(Stream content, CancellationToken cancellation)
    {
        var go = await Command("DATA", cancellation);
        if (!go.IsIntermediate) return go.IsPositive ? throw new InvalidDataException("The server answered DATA as if the message had come.") : go;
        var encoder = new DataEncoder();
        var piece = ArrayPool<byte>.Shared.Rent(PieceSize);
        var encoded = ArrayPool<byte>.Shared.Rent(DataEncoder.RoomFor(PieceSize));
        try
        {
            for (int read; (read = await content.ReadAsync(piece.AsMemory(0, PieceSize), cancellation)) > 0;)
                await Write(encoded.AsMemory(0, encoder.Encode(piece.AsSpan(0, read), encoded)), cancellation);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
            ArrayPool<byte>.Shared.Return(encoded);
        }

        await Write(encoder.End(), cancellation);
        return await Read(limits.LastReply, cancellation);
    }

    async ValueTask<SmtpReply> SendChunk(Stream content, long length, CancellationToken cancellation)
    {
        await Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"BDAT {length} LAST\r\n")), cancellation);
        var piece = ArrayPool<byte>.Shared.Rent(PieceSize);
        try
        {
            for (int read; (read = await content.ReadAsync(piece.AsMemory(0, PieceSize), cancellation)) > 0;)
                await Write(piece.AsMemory(0, read), cancellation);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }

        return await Read(limits.LastReply, cancellation);
    }

    async ValueTask<SmtpReply> Command(string line, CancellationToken cancellation)
    {
        await Write(Encoding.UTF8.GetBytes(line + "\r\n"), cancellation);
        return await Read(limits.Reply, cancellation);
    }

    async ValueTask Write(ReadOnlyMemory<byte> octets, CancellationToken cancellation)
    {
        using var patience = Patience(limits.Write, cancellation);
        await _stream.WriteAsync(octets, patience.Token);
    }

    async ValueTask<SmtpReply> Read(TimeSpan longest, CancellationToken cancellation)
    {
        using var patience = Patience(longest, cancellation);
        while (true)
        {
            var result = await _input.ReadAsync(patience.Token);
            var buffer = result.Buffer;
            var found = _replies.TryRead(ref buffer, out var reply);
            _input.AdvanceTo(buffer.Start, found ? buffer.Start : buffer.End);
            if (found) return reply!;
            if (result.IsCompleted) throw new IOException("the server hung up");
        }
    }

    static CancellationTokenSource Patience(TimeSpan longest, CancellationToken cancellation)
    {
        var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(longest);
        return patience;
    }

    List<RecipientResult> All(IEnumerable<string> recipients, SmtpReply reply) => [.. recipients.Select(recipient => Result(recipient, reply))];

    RecipientResult Result(string recipient, SmtpReply reply) => RecipientResult.Of(recipient, reply, Delivered.Unknown, host);
}

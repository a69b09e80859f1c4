using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Bastide.Platform.Blobs;
using Bastide.Platform.Net;
using Bastide.Platform.Settings;
using Bastide.Protocols.Smtp;

namespace Bastide.Mail.Delivery;

/// <summary>
/// Finds the servers of a domain and hands the message to the first that takes it: the relay of the settings where there
/// is one, else the domain's mail exchangers, else the domain itself. RFC 5321 §5.1; RFC 7505 (null MX).
/// </summary>
sealed class RemoteDelivery(BlobStore blobs, IDnsResolver dns, OutgoingHttp outgoing, BastideSettings settings, DeliveryLimits limits)
{
    static readonly SmtpReply NoMail = new(556, "5.1.10", "The domain says that it takes no mail");
    static readonly SmtpReply NoDomain = new(550, "5.1.2", "There is no such domain, or nothing that takes its mail");
    static readonly SmtpReply NoNames = new(451, "4.4.3", "The domain's servers could not be looked up");
    static readonly SmtpReply NoAnswer = new(451, "4.4.1", "The domain's servers do not answer");
    static readonly SmtpReply NotPublic = new(550, "5.4.4", "The domain's servers have no address of the public internet");

    /// <summary>One attempt for these recipients of the domain; answers how it stands with each.</summary>
    public async ValueTask<IReadOnlyList<RecipientResult>> Send(OutgoingMessage message, string domain, IReadOnlyList<string> recipients, CancellationToken cancellation)
    {
        var (hosts, failure) = await Hosts(domain, cancellation);
        if (failure is not null) return All(recipients, failure);
        var last = new ServerRefusal(null, NoAnswer);
        foreach (var host in hosts)
        {
            var (results, refusal) = await TryHost(host, message, recipients, cancellation);
            if (results is not null) return results;
            last = refusal!;
        }

        return All(recipients, last.Reply, last.Host);
    }

    async ValueTask<(IReadOnlyList<string> Hosts, SmtpReply? Failure)> Hosts(string domain, CancellationToken cancellation)
    {
        if (settings.SmtpRelay is { Length: > 0 } relay) return ([relay], null);
        try
        {
            var exchangers = await dns.Mx(domain, cancellation);
            if (exchangers is [{ Host: "" or "." }]) return ([], NoMail);
            if (exchangers.Count > 0) return ([.. exchangers.Select(mx => mx.Host).Where(host => host.Length > 0).Take(limits.Hosts)], null);
            return (await dns.Addresses(domain, cancellation)).Count > 0 ? ([domain], null) : ([], NoDomain);
        }
        catch (DnsFailedException)
        {
            return ([], NoNames);
        }
    }

    async ValueTask<(IReadOnlyList<RecipientResult>? Results, ServerRefusal? Refusal)> TryHost(string host, OutgoingMessage message, IReadOnlyList<string> recipients, CancellationToken cancellation)
    {
        // A server whose TLS does not work is worse than none only where somebody relies on it: the message then goes in clear (RFC 7435 §3).
        foreach (var mayTls in new[] { true, false })
        {
            try
            {
                await using var connection = await Connect(host, cancellation);
                if (await connection.Begin(mayTls, cancellation) is { } refusal) return (null, new ServerRefusal(host, refusal));
                return (await SendAll(connection, message, recipients, cancellation), null);
            }
            catch (AuthenticationException) when (mayTls)
            {
                // Again without TLS.
            }
            catch (AddressRefusedException)
            {
                return (null, new ServerRefusal(host, NotPublic));
            }
            catch (DnsFailedException)
            {
                return (null, new ServerRefusal(host, NoNames));
            }
            catch (Exception exception) when (IsBrokenOff(exception, cancellation))
            {
                return (null, new ServerRefusal(host, BrokenOff(exception)));
            }
        }

        return (null, new ServerRefusal(host, NoAnswer));
    }

    /// <summary>
    /// Sends it in as many transactions as its recipients need, for a server need not take more than a hundred in one
    /// (RFC 5321 §4.5.3.1.8). What one transaction came to is not lost when a later one breaks off.
    /// </summary>
    async ValueTask<IReadOnlyList<RecipientResult>> SendAll(OutgoingConnection connection, OutgoingMessage message, IReadOnlyList<string> recipients, CancellationToken cancellation)
    {
        var results = new List<RecipientResult>(recipients.Count);
        var groups = recipients.Chunk(limits.Recipients).ToList();
        for (var i = 0; i < groups.Count; i++)
        {
            try
            {
                if (i > 0) await connection.Reset(cancellation);
                results.AddRange(await connection.Send(message, groups[i], token => Content(message, token), cancellation));
            }
            catch (Exception exception) when (i > 0 && IsBrokenOff(exception, cancellation))
            {
                results.AddRange(All([.. groups.Skip(i).SelectMany(group => group)], BrokenOff(exception)));
                return results;
            }
        }

        await connection.Quit(cancellation);
        return results;
    }

    static bool IsBrokenOff(Exception exception, CancellationToken cancellation) =>
        exception is IOException or SocketException or InvalidDataException or AuthenticationException
        || (exception is OperationCanceledException && !cancellation.IsCancellationRequested);

    static SmtpReply BrokenOff(Exception exception) => new(451, "4.4.2", $"The connection failed: {Reason(exception)}");

    async ValueTask<OutgoingConnection> Connect(string host, CancellationToken cancellation)
    {
        var (name, port) = settings.SmtpRelay == host ? Split(host) : (host, limits.Port);
        var stream = settings.SmtpRelay == host
            ? await ConnectRelay(name, port, cancellation)
            : await outgoing.Connect(name, await dns.Addresses(name, cancellation), port, cancellation);
        return new OutgoingConnection(stream, name, MailHost.NameOf(settings), outgoing.ValidateServer, limits);
    }

    // The operator chose the relay, so it may well be on a private network.
    static async ValueTask<Stream> ConnectRelay(string name, int port, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(name, port, cancellation).AsTask().WaitAsync(TimeSpan.FromSeconds(30), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (TimeoutException)
        {
            socket.Dispose();
            throw new SocketException((int)SocketError.TimedOut);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    static (string Name, int Port) Split(string relay)
    {
        if (IPEndPoint.TryParse(relay, out var endpoint) && endpoint.Port != 0) return (endpoint.Address.ToString(), endpoint.Port);
        var colon = relay.LastIndexOf(':');
        return colon > 0 && int.TryParse(relay.AsSpan(colon + 1), System.Globalization.NumberStyles.None, null, out var port) ? (relay[..colon], port) : (relay, 25);
    }

    /// <summary>The message without the Return-Path that stands first: only a last server writes one (RFC 5321 §4.4).</summary>
    async ValueTask<(Stream Content, long Length)> Content(OutgoingMessage message, CancellationToken cancellation)
    {
        var stream = await blobs.Open(message.Message.Id, cancellation) ?? throw new IOException("The message is not in the blob store any more.");
        var start = await MessageHead.AfterReturnPath(stream, cancellation);
        stream.Position = start;
        return (stream, stream.Length - start);
    }

    static List<RecipientResult> All(IReadOnlyList<string> recipients, SmtpReply reply, string? host = null) =>
        [.. recipients.Select(recipient => RecipientResult.Of(recipient, reply, Delivered.Unknown, host))];

    static string Reason(Exception exception) => exception is OperationCanceledException ? "the server was too slow" : exception.GetBaseException().Message;

    sealed record ServerRefusal(string? Host, SmtpReply Reply);
}

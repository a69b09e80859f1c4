using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using Bastide.Platform.Limits;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Logging;

namespace Bastide.Mail.Imap;

/// <summary>Receives Kestrel's IMAP connections: counts them, begins TLS where it comes first, and runs the session.</summary>
sealed class ImapConnection(ImapServer server) : ConnectionHandler
{
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        var kind = connection.Features.Get<ImapListener>()?.Kind ?? ImapListenerKind.Imap;
        var remote = Plain(connection.RemoteEndPoint);
        var requested = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? CancellationToken.None;
        // Not ConnectionClosed: a client may say all it has to say, close its side, and still wait for the answers.
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(requested, server.Lifetime.ApplicationStopping);
        await using var channel = new ImapChannel(connection.Transport, server.Limits, server.Time, ended.Token);
        var key = Limiter.KeyOf(remote.Address);
        using var mine = server.Limiter.TryEnter(server.Limits.Connections, key);
        using var all = server.Limiter.TryEnter(server.Limits.AllConnections, "");
        if (mine is null || all is null || !server.Limiter.TryTake(server.Limits.Connects, key, out _))
        {
            // Over TLS the refusal could not be read before a handshake, and that is what the limit spares us.
            if (kind != ImapListenerKind.Imaps) await channel.Farewell("[UNAVAILABLE] Too many connections: come back in a minute");
            await Leave(connection);
            return;
        }

        ImapMeter.Opened();
        await using var session = new ImapSession(server, channel, remote, Plain(connection.LocalEndPoint), ended);
        try
        {
            if (kind == ImapListenerKind.Imaps) await channel.StartTls(TlsOptions(server));
            await session.Run();
        }
        catch (OperationCanceledException)
        {
            await channel.Farewell(Last(session, server.Lifetime.ApplicationStopping.IsCancellationRequested || requested.IsCancellationRequested));
        }
        catch (Exception exception) when (exception is IOException or AuthenticationException or ConnectionResetException)
        {
            // The peer went away, or does not speak TLS: nothing of ours is broken.
            if (server.Logger.IsEnabled(LogLevel.Debug)) server.Logger.LogDebug(exception, "The IMAP connection of {Remote} broke off", remote.Address);
        }
        catch (Exception exception)
        {
            server.Logger.LogError(exception, "The IMAP session of {Remote} failed", remote.Address);
            await channel.Farewell("[UNAVAILABLE] Something went wrong here; try again later");
        }
        finally
        {
            await channel.End();
            await Leave(connection);
            ImapMeter.Closed();
        }
    }

    /// <summary>
    /// Lets what was written leave, for so long as writing may take: a peer that never reads must not keep the connection
    /// (and its buffers) from being closed.
    /// </summary>
    async Task Leave(ConnectionContext connection)
    {
        try
        {
            await connection.Transport.Output.CompleteAsync();
            var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var whenClosed = connection.ConnectionClosed.Register(closed.SetResult);
            await closed.Task.WaitAsync(server.Limits.Write, server.Time);
        }
        catch (TimeoutException)
        {
            connection.Abort();
        }
    }

    /// <summary>The TLS this server offers.</summary>
    internal static SslServerAuthenticationOptions TlsOptions(ImapServer server) => new()
    {
        ServerCertificateContext = server.Certificates.Context,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
    };

    static string Last(ImapSession session, bool stopping)
    {
        if (session.IsSignedOut) return "[UNAVAILABLE] You were signed out";
        return stopping ? "[UNAVAILABLE] The server stops; come back in a minute" : "You were silent for too long";
    }

    static IPEndPoint Plain(EndPoint? endpoint)
    {
        var known = endpoint as IPEndPoint ?? new IPEndPoint(IPAddress.None, 0);
        return known.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(known.Address.MapToIPv4(), known.Port) : known;
    }
}

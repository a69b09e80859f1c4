using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Bastide.Mail.Delivery;
using MimeKit.Utils;

namespace Bastide.Mail.Smtp;

/// <summary>The fields a server puts before a message: Return-Path and Received. RFC 5321 §4.4.</summary>
static class TraceFields
{
    /// <summary>The reverse-path, kept as the first line of every message that is delivered.</summary>
    public static ReadOnlyMemory<byte> ReturnPath(string sender) => Encoding.UTF8.GetBytes($"Return-Path: <{sender}>\r\n");

    /// <summary>
    /// How the message came. Where someone of this server submitted it, their network address is nobody's concern and is
    /// left out.
    /// </summary>
    public static ReadOnlyMemory<byte> Received(SmtpSession session, SmtpTransaction transaction, DateTimeOffset now)
    {
        var field = new StringBuilder("Received: ");
        if (!session.IsSubmission) field.Append("from ").Append(NameOf(session)).Append(" (").Append(Literal(session)).Append(")\r\n\t");
        field.Append("by ").Append(session.Server.HostName).Append(" (Bastide) with ").Append(Protocol(session, transaction));
        if (session.Channel.Tls is { } tls) field.Append(" (").Append(VersionOf(tls.SslProtocol)).Append(')');
        field.Append("\r\n\tid ").Append(Guid.NewGuid().ToString("N")[..16]);
        if (transaction.Recipients is [var only] && (only.IsAscii || transaction.IsUtf8)) field.Append("\r\n\tfor <").Append(only).Append('>');
        return End(field, now);
    }

    /// <summary>The same for a message that the program itself sends on from the web client or as a notice.</summary>
    public static ReadOnlyMemory<byte> ReceivedHere(string hostName, string protocol, DateTimeOffset now) =>
        End(new StringBuilder($"Received: by {hostName} (Bastide) with {protocol}\r\n\tid {Guid.NewGuid().ToString("N")[..16]}"), now);

    static ReadOnlyMemory<byte> End(StringBuilder field, DateTimeOffset now) =>
        Encoding.UTF8.GetBytes(field.Append(";\r\n\t").Append(DateUtils.FormatDate(now)).Append("\r\n").ToString());

    static string NameOf(SmtpSession session) => session.PeerName is { } name && Ascii.IsValid(name) ? name : "unknown";

    static string Literal(SmtpSession session)
    {
        var address = session.Remote.Address;
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[IPv6:{address}]" : $"[{address}]";
    }

    // The protocol types of RFC 3848 and RFC 6531 §4.3.
    static string Protocol(SmtpSession session, SmtpTransaction transaction)
    {
        if (!session.IsExtended) return "SMTP";
        return (transaction.IsUtf8 ? "UTF8SMTP" : "ESMTP") + (session.IsTls ? "S" : "") + (session.Caller is null ? "" : "A");
    }

    static string VersionOf(SslProtocols protocol) => protocol switch
    {
        SslProtocols.Tls13 => "TLS1.3",
        SslProtocols.Tls12 => "TLS1.2",
        _ => "TLS",
    };
}

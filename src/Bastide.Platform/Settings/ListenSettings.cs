using System.Net;

namespace Bastide.Platform.Settings;

/// <summary>Where each protocol listens; null where it is closed. A bare port means loopback.</summary>
public sealed record ListenSettings
{
    /// <summary>HTTP: the web client, JMAP, DAV, Matrix, sign-in.</summary>
    public required IPEndPoint? Http { get; init; }

    /// <summary>SMTP from other servers.</summary>
    public required IPEndPoint? Smtp { get; init; }

    /// <summary>Submission with STARTTLS.</summary>
    public required IPEndPoint? Submission { get; init; }

    /// <summary>Submission with TLS from the first byte.</summary>
    public required IPEndPoint? Submissions { get; init; }

    /// <summary>IMAP with STARTTLS.</summary>
    public required IPEndPoint? Imap { get; init; }

    /// <summary>IMAP with TLS from the first byte.</summary>
    public required IPEndPoint? Imaps { get; init; }

    /// <summary>ManageSieve.</summary>
    public required IPEndPoint? ManageSieve { get; init; }

    /// <summary>Whether no listener can be reached from another machine.</summary>
    public bool IsLoopbackOnly =>
        new[] { Http, Smtp, Submission, Submissions, Imap, Imaps, ManageSieve }.All(e => e is null || IPAddress.IsLoopback(e.Address));
}

using Bastide.Abstractions.Identity;
using Bastide.Mail.Delivery;
using Bastide.Platform.Blobs;
using Bastide.Platform.Limits;
using Bastide.Platform.Net;
using Bastide.Platform.Settings;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bastide.Mail.Smtp;

/// <summary>What every SMTP session needs of the workplace.</summary>
sealed record SmtpServer(
    BastideSettings Settings,
    SmtpLimits Limits,
    IDirectory Directory,
    ISignIn SignIn,
    BlobStore Blobs,
    Senders Senders,
    Submissions Submissions,
    LocalDelivery Delivery,
    Limiter Limiter,
    TlsCertificates Certificates,
    TimeProvider Time,
    IHostApplicationLifetime Lifetime,
    ILogger<SmtpServer> Logger)
{
    /// <summary>What the server calls itself in greetings and trace fields.</summary>
    public string HostName { get; } = MailHost.NameOf(Settings);
}

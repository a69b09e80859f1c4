using System.Net;
using Bastide.Platform.Settings;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Bastide.Mail.Smtp;

/// <summary>Opens the ports of SMTP that the settings name.</summary>
public static class SmtpListeners
{
    /// <summary>Lets Kestrel listen for mail from other servers and for submissions.</summary>
    public static void Listen(KestrelServerOptions kestrel, BastideSettings settings)
    {
        Listen(kestrel, settings.Listen.Smtp, SmtpListenerKind.Transfer);
        Listen(kestrel, settings.Listen.Submission, SmtpListenerKind.Submission);
        Listen(kestrel, settings.Listen.Submissions, SmtpListenerKind.Submissions);
    }

    static void Listen(KestrelServerOptions kestrel, IPEndPoint? endpoint, SmtpListenerKind kind)
    {
        if (endpoint is null) return;
        var listener = new SmtpListener(kind);
        kestrel.Listen(endpoint, options =>
        {
            options.Use(next => connection =>
            {
                connection.Features.Set(listener);
                return next(connection);
            });
            options.UseConnectionHandler<SmtpConnection>();
        });
    }
}

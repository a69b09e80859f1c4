using System.Net;
using Bastide.Platform.Settings;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Bastide.Mail.Imap;

/// <summary>Opens the ports of IMAP that the settings name.</summary>
public static class ImapListeners
{
    /// <summary>Lets Kestrel listen for mail programs.</summary>
    public static void Listen(KestrelServerOptions kestrel, BastideSettings settings)
    {
        Listen(kestrel, settings.Listen.Imap, ImapListenerKind.Imap);
        Listen(kestrel, settings.Listen.Imaps, ImapListenerKind.Imaps);
    }

    static void Listen(KestrelServerOptions kestrel, IPEndPoint? endpoint, ImapListenerKind kind)
    {
        if (endpoint is null) return;
        var listener = new ImapListener(kind);
        kestrel.Listen(endpoint, options =>
        {
            options.Use(next => connection =>
            {
                connection.Features.Set(listener);
                return next(connection);
            });
            options.UseConnectionHandler<ImapConnection>();
        });
    }
}

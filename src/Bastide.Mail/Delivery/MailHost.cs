using Bastide.Platform.Settings;

namespace Bastide.Mail.Delivery;

/// <summary>The name this server goes by among mail servers.</summary>
static class MailHost
{
    /// <summary>The host of the public origin where that is a name; else the mail domain. RFC 5321 §2.3.5, §4.1.4.</summary>
    public static string NameOf(BastideSettings settings) =>
        settings.Url.HostNameType == UriHostNameType.Dns && settings.Url.IdnHost.Contains('.', StringComparison.Ordinal) ? settings.Url.IdnHost : settings.Domain;
}

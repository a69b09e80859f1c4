using System.Globalization;
using Bastide.Abstractions.Identity;
using Bastide.Protocols.Smtp;

namespace Bastide.Mail.Delivery;

/// <summary>Says where mail for an address goes: to this server, to another domain, or nowhere.</summary>
sealed class Routes(IDirectory directory)
{
    static readonly IdnMapping Idn = new() { AllowUnassigned = false, UseStd3AsciiRules = false };

    /// <summary>The route, or null when no mail can be sent to such an address (a literal, a domain that cannot be).</summary>
    public async ValueTask<RoutedRecipient?> Of(SmtpAddress address, CancellationToken cancellation)
    {
        if (address.IsLiteral || address.Domain.Length == 0) return null;
        if (await directory.IsLocalDomain(address.Domain, cancellation)) return new RoutedRecipient(address, RoutedRecipient.Here);
        try
        {
            return new RoutedRecipient(address, Idn.GetAscii(address.Domain).ToLowerInvariant());
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}

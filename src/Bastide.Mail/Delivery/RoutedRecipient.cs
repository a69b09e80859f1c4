using Bastide.Protocols.Smtp;

namespace Bastide.Mail.Delivery;

/// <summary>A recipient and where its mail goes.</summary>
/// <param name="Address">The address.</param>
/// <param name="Domain">The domain in its ASCII form; empty for this server.</param>
sealed record RoutedRecipient(SmtpAddress Address, string Domain)
{
    /// <summary>The domain that stands for this server.</summary>
    public const string Here = "";

    /// <summary>Whether it is delivered here.</summary>
    public bool IsLocal => Domain == Here;
}

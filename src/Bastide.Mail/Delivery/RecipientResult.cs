using Bastide.Protocols.Smtp;

namespace Bastide.Mail.Delivery;

/// <summary>What an attempt came to for one recipient.</summary>
/// <param name="Address">The recipient.</param>
/// <param name="Status">Delivered, failed, taken over by another server, or still waiting.</param>
/// <param name="Reply">Why, as SMTP says it.</param>
/// <param name="Remote">The server that said it, where it was another.</param>
sealed record RecipientResult(string Address, Delivered Status, SmtpReply Reply, string? Remote = null)
{
    /// <summary>The result that a reply means: 2xx is what the caller says success is, 4xx waits, 5xx failed.</summary>
    public static RecipientResult Of(string address, SmtpReply reply, Delivered success, string? remote = null)
    {
        var status = reply.IsPositive ? success : reply.IsPermanent ? Delivered.No : Delivered.Queued;
        return new RecipientResult(address, status, reply, remote);
    }
}

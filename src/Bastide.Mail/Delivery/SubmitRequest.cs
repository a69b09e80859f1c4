using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;

namespace Bastide.Mail.Delivery;

/// <summary>A message to be sent.</summary>
/// <param name="Account">In whose name; the submission belongs to it.</param>
/// <param name="Message">The whole message. Whoever asks has checked that the caller may read it.</param>
public sealed record SubmitRequest(AccountId Account, BlobId Message)
{
    /// <summary>Who it goes from and to; null for <see cref="Sender"/> and the To, Cc and Bcc fields.</summary>
    public Envelope? Envelope { get; init; }

    /// <summary>The reverse-path where there is no <see cref="Envelope"/>: the identity's address.</summary>
    public string? Sender { get; init; }

    /// <summary>The identity; kept and given back.</summary>
    public long? IdentityId { get; init; }

    /// <summary>The email; kept and given back.</summary>
    public long? EmailId { get; init; }

    /// <summary>The thread; kept and given back.</summary>
    public long? ThreadId { get; init; }

    /// <summary>When to send it, at most <see cref="Submissions.MaxDelay"/> from now; null for at once. RFC 4865.</summary>
    public DateTimeOffset? SendAt { get; init; }
}

using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;

namespace Bastide.Mail.Delivery;

/// <summary>A message ready to be delivered, not yet in the queue. Its first line is its Return-Path.</summary>
/// <param name="Sender">The reverse-path; empty for the null one.</param>
/// <param name="Message">The message.</param>
sealed record OutgoingMail(string Sender, StoredBlob Message)
{
    /// <summary>Whose it is, where it is somebody's.</summary>
    public AccountId? Account { get; init; }

    /// <summary>The submission that tells of it.</summary>
    public long? Submission { get; init; }

    /// <summary>Whether it holds octets beyond ASCII. RFC 6152.</summary>
    public bool IsEightBit { get; init; }

    /// <summary>Whether its header or envelope holds characters beyond ASCII. RFC 6531.</summary>
    public bool IsUtf8 { get; init; }
}

using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Bastide.Protocols.Smtp;

namespace Bastide.Mail.Delivery;

/// <summary>A message that came by SMTP from someone signed in, already rewritten and stored.</summary>
/// <param name="Caller">Who.</param>
/// <param name="Account">Whose address the sender is.</param>
/// <param name="Message">The message with its trace fields.</param>
/// <param name="Sender">The reverse-path; empty for the null one.</param>
/// <param name="Recipients">Addresses that were checked at RCPT.</param>
sealed record SmtpSubmission(Caller Caller, AccountId Account, StoredBlob Message, string Sender, IReadOnlyList<SmtpAddress> Recipients)
{
    /// <summary>The From field.</summary>
    public string? From { get; init; }

    /// <summary>The addresses in its recipient fields, with the names it gives them.</summary>
    public IReadOnlyList<MailAddress> Addressed { get; init; } = [];

    /// <summary>Whether it holds octets beyond ASCII.</summary>
    public bool IsEightBit { get; init; }

    /// <summary>Whether its header or envelope holds characters beyond ASCII.</summary>
    public bool IsUtf8 { get; init; }
}

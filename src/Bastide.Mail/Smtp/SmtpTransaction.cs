using Bastide.Platform.Accounts;
using Bastide.Protocols.Smtp;

namespace Bastide.Mail.Smtp;

/// <summary>A mail transaction: from MAIL to the end of the message. RFC 5321 §3.3.</summary>
/// <param name="sender">The reverse-path; null for <c>&lt;&gt;</c>.</param>
sealed class SmtpTransaction(SmtpAddress? sender) : IAsyncDisposable
{
    /// <summary>The reverse-path; null for <c>&lt;&gt;</c>.</summary>
    public SmtpAddress? Sender => sender;

    /// <summary>What the client said of the size, or null. RFC 1870.</summary>
    public long? DeclaredSize { get; init; }

    /// <summary>Whether the client asked for SMTPUTF8. RFC 6531.</summary>
    public bool IsUtf8 { get; init; }

    /// <summary>On the submission listeners, whose address the reverse-path is.</summary>
    public AccountId? SenderAccount { get; init; }

    /// <summary>The accepted recipients.</summary>
    public List<SmtpAddress> Recipients { get; } = [];

    /// <summary>The message of a run of BDAT, once the first chunk came. RFC 3030.</summary>
    public MessageIntake? Chunks { get; set; }

    /// <summary>Whether BDAT failed: what follows of it is read and refused until RSET.</summary>
    public bool ChunksFailed { get; set; }

    public async ValueTask DisposeAsync()
    {
        if (Chunks is not null) await Chunks.DisposeAsync();
    }
}

using Bastide.Platform.Changes;

namespace Bastide.Mail;

/// <summary>Who a message may come from (RFC 8621 §6).</summary>
public sealed record Identity
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>The name in From.</summary>
    public string Name { get; init; } = "";

    /// <summary>The address in From.</summary>
    public required string Email { get; init; }

    /// <summary>What Reply-To begins with, or null.</summary>
    public IReadOnlyList<MailAddress>? ReplyTo { get; init; }

    /// <summary>What Bcc begins with, or null.</summary>
    public IReadOnlyList<MailAddress>? Bcc { get; init; }

    /// <summary>The signature of a plain text.</summary>
    public string TextSignature { get; init; } = "";

    /// <summary>The signature of an HTML text.</summary>
    public string HtmlSignature { get; init; } = "";

    /// <summary>Whether the person may destroy it; not the one the account began with.</summary>
    public bool MayDelete { get; init; } = true;

    /// <summary>When it came.</summary>
    public Sequence CreatedSeq { get; init; }

    /// <summary>When it last changed.</summary>
    public Sequence ChangedSeq { get; init; }
}

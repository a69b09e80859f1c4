namespace Bastide.Mail;

/// <summary>An identity to be made (RFC 8621 §6.3).</summary>
public sealed record IdentityCreate
{
    /// <summary>The address; it never changes afterwards.</summary>
    public required string Email { get; init; }

    /// <summary>The name in From.</summary>
    public string Name { get; init; } = "";

    /// <summary>What Reply-To begins with.</summary>
    public IReadOnlyList<MailAddress>? ReplyTo { get; init; }

    /// <summary>What Bcc begins with.</summary>
    public IReadOnlyList<MailAddress>? Bcc { get; init; }

    /// <summary>The signature of a plain text.</summary>
    public string TextSignature { get; init; } = "";

    /// <summary>The signature of an HTML text.</summary>
    public string HtmlSignature { get; init; } = "";
}

using Bastide.Protocols.Jmap;

namespace Bastide.Mail;

/// <summary>A change to an identity; what is not given stays (RFC 8621 §6.3).</summary>
public sealed record IdentityUpdate
{
    /// <summary>The name in From.</summary>
    public string? Name { get; init; }

    /// <summary>What Reply-To begins with.</summary>
    public Optional<IReadOnlyList<MailAddress>> ReplyTo { get; init; }

    /// <summary>What Bcc begins with.</summary>
    public Optional<IReadOnlyList<MailAddress>> Bcc { get; init; }

    /// <summary>The signature of a plain text.</summary>
    public string? TextSignature { get; init; }

    /// <summary>The signature of an HTML text.</summary>
    public string? HtmlSignature { get; init; }
}

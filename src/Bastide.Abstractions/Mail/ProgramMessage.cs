using Bastide.Platform.Accounts;

namespace Bastide.Abstractions.Mail;

/// <summary>A message that a module writes in somebody's name.</summary>
/// <param name="From">Whom it is from. What cannot be delivered comes back to this address.</param>
/// <param name="To">Whom it is for.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Text">What people read.</param>
public sealed record ProgramMessage(SentTo From, IReadOnlyList<SentTo> To, string Subject, string Text)
{
    /// <summary>Whose message it is, where it is somebody's.</summary>
    public AccountId? Account { get; init; }

    /// <summary>The same for programs that show HTML, or null.</summary>
    public string? Html { get; init; }

    /// <summary>What programs read (RFC 6047 §2), or null.</summary>
    public CalendarPart? Calendar { get; init; }

    /// <summary>
    /// A name that is the same each time this message is written, so that one that was sent twice after a failure is
    /// recognised; null for one that nobody else has.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>Whether nobody asked for it at this moment, so that programs do not answer it (RFC 3834 §5).</summary>
    public bool IsAutomatic { get; init; }
}

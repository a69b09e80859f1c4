using MimeKit.Utils;

namespace Bastide.Mail.Delivery;

/// <summary>What <see cref="MessageRewrite"/> changes of a message's header.</summary>
/// <param name="Dropped">Names of fields that are left out, in lower case.</param>
/// <param name="Date">The Date field's value to add where there is none, or null to add none.</param>
/// <param name="MessageId">The Message-ID field's value to add where there is none, or null to add none.</param>
/// <param name="NormalisesNewlines">Whether lone CR and LF become CR LF.</param>
sealed record Rewriting(IReadOnlyList<string> Dropped, string? Date = null, string? MessageId = null, bool NormalisesNewlines = false)
{
    /// <summary>A message from another server: a Return-Path it carries is not ours (RFC 5321 §4.4).</summary>
    public static Rewriting Received { get; } = new(["return-path"]);

    /// <summary>
    /// A message one of the people here submits: nobody learns who got a blind copy (RFC 8621 §7.5), and what every
    /// message needs is added (RFC 6409 §8.2, §8.3).
    /// </summary>
    public static Rewriting Submitted(string hostName, DateTimeOffset now) =>
        new(["return-path", "bcc", "resent-bcc"], DateUtils.FormatDate(now), $"<{MimeUtils.GenerateMessageId(hostName)}>");
}

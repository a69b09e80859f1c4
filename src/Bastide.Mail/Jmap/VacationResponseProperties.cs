using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary>The VacationResponse object, of which an account has one. RFC 8621 §8.</summary>
static class VacationResponseProperties
{
    /// <summary>Its id.</summary>
    public const string Singleton = "singleton";

    public static readonly ObjectProperties<VacationResponse> All = new(
        ("id", _ => Singleton),
        ("isEnabled", v => v.IsEnabled),
        ("fromDate", v => v.FromDate is { } from ? JmapDates.WriteUtc(from) : null),
        ("toDate", v => v.ToDate is { } to ? JmapDates.WriteUtc(to) : null),
        ("subject", v => v.Subject),
        ("textBody", v => v.TextBody),
        ("htmlBody", v => v.HtmlBody));
}

using System.Globalization;

namespace Bastide.Mail.Jmap;

/// <summary>The types <c>Date</c> and <c>UTCDate</c> of RFC 8620 §1.4: RFC 3339 in upper case, no fraction that is zero.</summary>
static class JmapDates
{
    const string Seconds = "yyyy-MM-dd'T'HH:mm:ss";
    static readonly string[] Utc = [Seconds + "'Z'", Seconds + ".FFFFFFF'Z'"];
    static readonly string[] Local = [Seconds + "zzz", Seconds + ".FFFFFFFzzz"];

    public static string WriteUtc(DateTimeOffset time) =>
        time.UtcDateTime.ToString(Seconds + ".FFFFFFF'Z'", CultureInfo.InvariantCulture);

    public static string Write(DateTimeOffset time) =>
        time.Offset == TimeSpan.Zero ? WriteUtc(time) : time.ToString(Seconds + ".FFFFFFFzzz", CultureInfo.InvariantCulture);

    public static DateTimeOffset? ReadUtc(string? text) =>
        DateTimeOffset.TryParseExact(text, Utc, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    public static DateTimeOffset? Read(string? text) =>
        ReadUtc(text) ?? (DateTimeOffset.TryParseExact(text, Local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null);
}

using System.Globalization;

namespace Bastide.Protocols.Jmap;

/// <summary>The types <c>Date</c> and <c>UTCDate</c> of RFC 8620 §1.4: RFC 3339 in upper case, no fraction that is zero.</summary>
public static class JmapDates
{
    const string Seconds = "yyyy-MM-dd'T'HH:mm:ss";
    static readonly string[] Utc = [Seconds + "'Z'", Seconds + ".FFFFFFF'Z'"];
    static readonly string[] Local = [Seconds + "zzz", Seconds + ".FFFFFFFzzz"];

    /// <summary>A UTCDate.</summary>
    public static string WriteUtc(DateTimeOffset time) =>
        time.UtcDateTime.ToString(Seconds + ".FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>A Date, with the offset it has.</summary>
    public static string Write(DateTimeOffset time) =>
        time.Offset == TimeSpan.Zero ? WriteUtc(time) : time.ToString(Seconds + ".FFFFFFFzzz", CultureInfo.InvariantCulture);

    /// <summary>Reads a UTCDate; null for anything else.</summary>
    public static DateTimeOffset? ReadUtc(string? text) =>
        DateTimeOffset.TryParseExact(text, Utc, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    /// <summary>Reads a Date; null for anything else.</summary>
    public static DateTimeOffset? Read(string? text) =>
        ReadUtc(text) ?? (DateTimeOffset.TryParseExact(text, Local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null);
}

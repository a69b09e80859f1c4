using System.Text.RegularExpressions;
using Bastide.Calendar.Holidays;

namespace Bastide.Calendar.Sources;

/// <summary>
/// Where the contents of a calendar come from: an address on the web (<c>webcal:</c> is <c>https:</c>), or one of the sources
/// that need no network: <c>bastide:holidays/fr?language=en</c>, <c>bastide:birthdays</c>.
/// </summary>
/// <param name="Text">As it is kept and told.</param>
/// <param name="Url">On the web; null for the others.</param>
sealed partial record SourceAddress(string Text, Uri? Url)
{
    /// <summary>The longest address.</summary>
    public const int Longest = 2000;

    /// <summary>The region of a source of holidays, or null.</summary>
    public HolidayRegion? Holidays { get; private init; }

    /// <summary>Whether it is the birthdays of the account's contacts.</summary>
    public bool IsBirthdays { get; private init; }

    /// <summary>The language of its words.</summary>
    public bool IsFrench { get; private init; }

    /// <summary>Reads an address; null for what is none.</summary>
    public static SourceAddress? Parse(string text)
    {
        text = text.Trim();
        if (text.Length > Longest) return null;
        if (HolidaysForm().Match(text) is { Success: true } match)
            return HolidayRegion.Find(match.Groups[1].Value) is { } region ? new SourceAddress(text, null) { Holidays = region, IsFrench = match.Groups[2].Value == "fr" } : null;
        if (BirthdaysForm().Match(text) is { Success: true } birthdays) return new SourceAddress(text, null) { IsBirthdays = true, IsFrench = birthdays.Groups[1].Value == "fr" };
        if (text.StartsWith("webcal://", StringComparison.OrdinalIgnoreCase)) text = "https" + text["webcal".Length..];
        else if (text.StartsWith("webcals://", StringComparison.OrdinalIgnoreCase)) text = "https" + text["webcals".Length..];
        // A password would be told to whoever sees the address; secret addresses have theirs in the path.
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps) || url.UserInfo.Length > 0 || url.Host.Length == 0) return null;
        return new SourceAddress(text, url);
    }

    [GeneratedRegex("^bastide:holidays/([a-z-]{2,20})(?:\\?language=(en|fr))?$")]
    private static partial Regex HolidaysForm();

    [GeneratedRegex("^bastide:birthdays(?:\\?language=(en|fr))?$")]
    private static partial Regex BirthdaysForm();
}

using System.Globalization;
using System.Text;

namespace Bastide.Calendar.Store;

/// <summary>Names of calendars: those people read, and those that stand in addresses.</summary>
static class CalendarNames
{
    const int LongestResource = 60;

    /// <summary>A DAV name that tells people something, where it can, and that none of the others is.</summary>
    public static string Free(string name, IEnumerable<string> taken)
    {
        var plain = new StringBuilder();
        foreach (var c in name.Normalize(NormalizationForm.FormD))
            if (char.IsAsciiLetterOrDigit(c)) plain.Append(char.ToLowerInvariant(c));
            else if (plain.Length > 0 && plain[^1] != '-' && !char.IsLetterOrDigit(c) && CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark) plain.Append('-');
        var made = plain.ToString().Trim('-');
        made = made.Length == 0 ? "calendar" : made[..Math.Min(made.Length, LongestResource)].Trim('-');
        // The scheduling collections stand beside the calendars (RFC 6638 §2).
        var others = taken.Append(Dav.ScheduleInbox.ResourceName).Append(Dav.ScheduleOutbox.ResourceName).ToHashSet(StringComparer.Ordinal);
        var free = made;
        for (var n = 2; others.Contains(free); n++) free = string.Create(CultureInfo.InvariantCulture, $"{made}-{n}");
        return free;
    }

    /// <summary>A name of those that may be, cut where it is too long.</summary>
    public static string Cut(string name)
    {
        var kept = new string([.. name.Normalize(NormalizationForm.FormC).Where(c => !char.IsControl(c))]);
        while (Encoding.UTF8.GetByteCount(kept) > Calendars.MaxNameOctets) kept = kept[..^1];
        return kept.Length == 0 ? "Calendar" : kept;
    }
}

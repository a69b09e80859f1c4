using System.Text;

namespace Bastide.Calendar.Tests;

/// <summary>Calendar objects as texts.</summary>
static class Texts
{
    /// <summary>An object of these components; lines may end in LF.</summary>
    public static byte[] Object(string components) =>
        Encoding.UTF8.GetBytes($"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Test//Test//EN\n{components.Trim()}\nEND:VCALENDAR\n".ReplaceLineEndings("\r\n"));

    /// <summary>An event with these lines.</summary>
    public static byte[] Event(string uid, string lines) => Object(Component(uid, lines));

    /// <summary>An event of an hour from a moment of March 2026.</summary>
    public static byte[] Hour(string uid, int day, int hour = 10, string more = "") =>
        Event(uid, $"DTSTART:202603{day:00}T{hour:00}0000Z\nDURATION:PT1H\nSUMMARY:{uid}\n{more}");

    /// <summary>The component of an event.</summary>
    public static string Component(string uid, string lines) => $"BEGIN:VEVENT\nUID:{uid}\nDTSTAMP:20260301T000000Z\n{lines.Trim()}\nEND:VEVENT";

    /// <summary>A text of an object.</summary>
    public static string Of(StoredObject? stored) => Encoding.UTF8.GetString(stored!.Text!.Value.Span);
}

namespace Bastide.Protocols.JSCalendar;

/// <summary>The words that iCalendar writes in capitals and JSCalendar in small letters.</summary>
static class JSWords
{
    public static string Lower(string word) => word.ToLowerInvariant();
}

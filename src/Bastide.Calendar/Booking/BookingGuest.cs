using System.Text;
using Bastide.Protocols.ICalendar;

namespace Bastide.Calendar.Booking;

/// <summary>A guest as what they wrote says, after it was looked at: short, and text and nothing else.</summary>
/// <param name="Name">Who they are.</param>
/// <param name="Address">Their address of mail, in lower case.</param>
/// <param name="Answers">What they answer to which question, those left out apart.</param>
/// <param name="TimeZone">The zone their clocks are in.</param>
/// <param name="Language">What they read.</param>
sealed record BookingGuest(string Name, string Address, IReadOnlyList<(string Question, string Answer)> Answers, string TimeZone, string Language)
{
    /// <summary>The longest name, address, and answers of one and of several lines.</summary>
    public const int LongestName = 100;
    public const int LongestAddress = 254;
    public const int LongestLine = 300;
    public const int LongestText = 2000;

    /// <summary>Reads it; where something cannot be, the guest is null and a sentence says what.</summary>
    public static (BookingGuest? Guest, string? Error) Read(BookingRequest request, BookingSettings page)
    {
        var name = string.Join(' ', request.Name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Normalize(NormalizationForm.FormC);
        // A name is sent on to others; one with a link in it is no name.
        if (name.Length is 0 or > LongestName || name.Any(c => char.IsControl(c) || c is '<' or '>') || name.Contains("://", StringComparison.Ordinal)) return (null, $"Give your name, of at most {LongestName} characters and without links.");
        var address = request.Address.Trim().ToLowerInvariant();
        if (!IsAddress(address)) return (null, "Give an address of mail, such as name@example.org.");
        if (request.Answers.Count > page.Questions.Count) return (null, "There are not so many questions: load the page again.");
        var answers = new List<(string, string)>();
        for (var i = 0; i < page.Questions.Count; i++)
        {
            var question = page.Questions[i];
            var answer = i < request.Answers.Count ? request.Answers[i].ReplaceLineEndings("\n").Trim() : "";
            var longest = question.IsLong ? LongestText : LongestLine;
            if (answer.Length == 0 && question.IsRequired) return (null, $"Answer the question: {question.Label}");
            if (answer.Length > longest || answer.Any(c => char.IsControl(c) && !(question.IsLong && c is '\n' or '\t'))) return (null, $"An answer has at most {longest} characters: {question.Label}");
            if (answer.Length > 0) answers.Add((question.Label, answer));
        }

        return (new BookingGuest(name, address, answers, TimeZoneNames.Canonical(request.TimeZone) ?? page.TimeZone, request.Language == "fr" ? "fr" : "en"), null);
    }

    static bool IsAddress(string address)
    {
        var at = address.IndexOf('@', StringComparison.Ordinal);
        return address.Length <= LongestAddress && at is > 0 and <= 64 && address.LastIndexOf('@') == at && at < address.Length - 1
            && !address.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is '<' or '>' or '(' or ')' or '[' or ']' or '\\' or ',' or ';' or ':' or '"' or '?' or '%')
            && address[(at + 1)..].Split('.') is { Length: > 1 } labels && labels.All(label => label.Length is > 0 and <= 63) && !address.StartsWith('.') && address[at - 1] != '.';
    }
}

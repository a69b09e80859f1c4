using System.Collections.Frozen;

namespace Bastide.Protocols.ICalendar;

/// <summary>Reads one unfolded line: <c>NAME;PARAM=value,"value":value</c> (RFC 5545 §3.1).</summary>
static class ContentLine
{
    const int LongestShown = 40;

    // Names that stand in every object are kept once.
    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Common = FrozenSet.ToFrozenSet(
    [
        "BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "METHOD", "UID", "DTSTAMP", "DTSTART", "DTEND", "DURATION", "DUE", "SUMMARY", "DESCRIPTION",
        "LOCATION", "STATUS", "TRANSP", "CLASS", "CATEGORIES", "SEQUENCE", "CREATED", "LAST-MODIFIED", "RRULE", "EXDATE", "RDATE", "RECURRENCE-ID",
        "ORGANIZER", "ATTENDEE", "TRIGGER", "ACTION", "TZID", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME", "URL", "PRIORITY", "VALUE", "CN", "PARTSTAT",
        "ROLE", "RSVP", "CUTYPE", "X-LIC-LOCATION", "COMPLETED", "PERCENT-COMPLETE", "ATTACH", "COMMENT", "GEO", "CONTACT", "RELATED-TO",
    ]).GetAlternateLookup<ReadOnlySpan<char>>();

    public static ICalProperty Parse(string text, int line, int mostParameters)
    {
        var end = text.AsSpan().IndexOfAny(':', ';');
        if (end < 0 || !IsName(text.AsSpan(0, end)))
            throw new ICalFormatException(line, $"“{(text.Length > LongestShown ? text[..LongestShown] + "…" : text)}” is not a property with its value.");
        var name = Name(text.AsSpan(0, end));
        List<ICalParameter>? parameters = null;
        var at = end;
        var values = 0;
        while (at < text.Length && text[at] == ';')
        {
            parameters ??= [];
            parameters.Add(Parameter(text, ref at, line));
            values += parameters[^1].Values.Count;
            if (values > mostParameters) throw new ICalFormatException(line, $"{name} has more than {mostParameters} values of parameters.");
        }

        if (at >= text.Length || text[at] != ':') throw new ICalFormatException(line, $"{name} has no value.");
        return new ICalProperty(name, text[(at + 1)..], (IReadOnlyList<ICalParameter>?)parameters ?? [], text, line);
    }

    /// <summary>Letters, digits, hyphens; and the underscores and dots that programs put into names of their own.</summary>
    public static bool IsName(ReadOnlySpan<char> name)
    {
        foreach (var c in name)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.'))
                return false;
        return name.Length > 0;
    }

    static string Name(ReadOnlySpan<char> name) => Common.TryGetValue(name, out var known) ? known : name.ToString();

    static ICalParameter Parameter(string text, ref int at, int line)
    {
        var start = ++at;
        while (at < text.Length && text[at] is not ('=' or ';' or ':')) at++;
        var name = text.AsSpan(start, at - start);
        if (!IsName(name)) throw new ICalFormatException(line, "A parameter has no name.");
        // vCalendar 1.0 wrote values without a name: ENCODING=… was plain QUOTED-PRINTABLE.
        if (at == text.Length || text[at] != '=') return new ICalParameter(Name(name), []);
        var values = new List<string>(1);
        do
        {
            at++;
            values.Add(Value(text, ref at, line));
        }
        while (at < text.Length && text[at] == ',');
        return new ICalParameter(Name(name), values);
    }

    static string Value(string text, ref int at, int line)
    {
        if (at < text.Length && text[at] == '"')
        {
            var close = text.IndexOf('"', at + 1);
            if (close < 0) throw new ICalFormatException(line, "A quoted value of a parameter does not end.");
            var quoted = text[(at + 1)..close];
            at = close + 1;
            if (at < text.Length && text[at] is not (',' or ';' or ':')) throw new ICalFormatException(line, "Something stands behind the quotes of a parameter.");
            return ICalText.UnescapeParameterValue(quoted);
        }

        var start = at;
        while (at < text.Length && text[at] is not (',' or ';' or ':')) at++;
        return ICalText.UnescapeParameterValue(text[start..at]);
    }
}

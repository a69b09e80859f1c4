using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Bastide.Calendar.Tests.Store;

/// <summary>Objects of any shape around a moment, the same for the same seed: single and in series, in zones, floating and all day, with exceptions.</summary>
sealed class RandomSeries(int seed, LocalDateTime around)
{
    static readonly string[] Rules =
    [
        "FREQ=DAILY", "FREQ=DAILY;INTERVAL=3", "FREQ=DAILY;COUNT=40", "FREQ=WEEKLY;BYDAY=MO,WE,FR", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "FREQ=MONTHLY", "FREQ=MONTHLY;BYDAY=-1FR",
        "FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=YEARLY", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "FREQ=WEEKLY;COUNT=5", "FREQ=HOURLY;INTERVAL=7", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    ];

    static readonly string[] Zones = ["Europe/Paris", "America/New_York", "Asia/Kolkata", "Pacific/Auckland"];
    static readonly LocalDateTimePattern Time = LocalDateTimePattern.CreateWithInvariantCulture("yyyyMMdd'T'HHmmss");
    static readonly LocalDatePattern Date = LocalDatePattern.CreateWithInvariantCulture("yyyyMMdd");

    readonly Random _random = new(seed);

    /// <summary>The next object.</summary>
    public byte[] Next(string uid)
    {
        var start = around.PlusDays(_random.Next(-900, 900)).PlusMinutes(15 * _random.Next(0, 96));
        var form = Form();
        var lines = new List<string> { "DTSTART" + form(start), Length(form, start) };
        if (_random.Next(4) == 0) lines.Add("TRANSP:TRANSPARENT");
        if (_random.Next(6) == 0) lines.Add("STATUS:TENTATIVE");
        var isRecurring = _random.Next(3) > 0;
        if (!isRecurring) return Texts.Event(uid, string.Join('\n', lines.Where(line => line.Length > 0)));
        var rule = Rules[_random.Next(Rules.Length)];
        if (_random.Next(3) == 0 && !rule.Contains("COUNT", StringComparison.Ordinal)) rule += Until(form, start.PlusDays(_random.Next(1, 1000)));
        lines.Add("RRULE:" + rule);
        if (_random.Next(4) == 0) lines.Add("RDATE" + form(start.PlusDays(_random.Next(1, 40)).PlusHours(2)));
        if (rule.StartsWith("FREQ=DAILY", StringComparison.Ordinal) && _random.Next(2) == 0) lines.Add("EXDATE" + form(start.PlusDays(3)));
        var components = Texts.Component(uid, string.Join('\n', lines.Where(line => line.Length > 0)));
        if (rule == "FREQ=DAILY" && _random.Next(2) == 0)
        {
            var id = start.PlusDays(_random.Next(1, 300));
            components += "\n" + Texts.Component(uid, $"RECURRENCE-ID{form(id)}\nDTSTART{form(id.PlusDays(_random.Next(-40, 40)))}\nSUMMARY:Moved");
        }

        return Texts.Object(components);
    }

    Func<LocalDateTime, string> Form()
    {
        switch (_random.Next(4))
        {
            case 0: return time => $":{Time.Format(time)}Z";
            case 1: return time => $":{Time.Format(time)}";
            case 2: return time => $";VALUE=DATE:{Date.Format(time.Date)}";
            default:
                var zone = Zones[_random.Next(Zones.Length)];
                return time => $";TZID={zone}:{Time.Format(time)}";
        }
    }

    string Length(Func<LocalDateTime, string> form, LocalDateTime start)
    {
        var text = form(start);
        var isDate = text.Contains("VALUE=DATE", StringComparison.Ordinal);
        // What floats ends where clocks show it, in the index; the hours of a span of days differ where clocks are changed meanwhile.
        var isFloating = text[0] == ':' && text[^1] != 'Z';
        return _random.Next(5) switch
        {
            0 => "",
            1 when isFloating => "DURATION:P" + _random.Next(1, 5).ToString(CultureInfo.InvariantCulture) + "D",
            1 => "DTEND" + form(start.PlusDays(_random.Next(1, 5))),
            2 => "DURATION:P" + _random.Next(1, 60).ToString(CultureInfo.InvariantCulture) + "D",
            _ => isDate ? "DURATION:P1D" : $"DURATION:PT{_random.Next(1, 200)}M",
        };
    }

    static string Until(Func<LocalDateTime, string> form, LocalDateTime end)
    {
        var text = form(end);
        if (text.Contains("VALUE=DATE", StringComparison.Ordinal)) return $";UNTIL={Date.Format(end.Date)}";
        return text.Contains("TZID", StringComparison.Ordinal) || text.EndsWith('Z') ? $";UNTIL={Time.Format(end)}Z" : $";UNTIL={Time.Format(end)}";
    }
}

using NodaTime;

namespace Bastide.Calendar.Holidays;

/// <summary>Easter Sunday of the Gregorian calendar, by the rule of its church: the Sunday after the first full moon of spring, as tables tell the moon.</summary>
static class Easter
{
    /// <summary>Its date in a year (the algorithm of Meeus, Jones and Butcher).</summary>
    public static LocalDate Of(int year)
    {
        var golden = year % 19;
        var (century, rest) = Math.DivRem(year, 100);
        var corrected = (century - (century / 4) - ((century - ((century + 8) / 25) + 1) / 3) + 15 + (19 * golden)) % 30;
        var weekday = (32 + (2 * (century % 4)) + (2 * (rest / 4)) - corrected - (rest % 4)) % 7;
        var late = (golden + (11 * corrected) + (22 * weekday)) / 451;
        var (month, day) = Math.DivRem(corrected + weekday - (7 * late) + 114, 31);
        return new LocalDate(year, month, day + 1);
    }
}

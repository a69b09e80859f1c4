using System.Text;
using Bastide.Calendar.Holidays;
using NodaTime;

namespace Bastide.Calendar.Tests.Holidays;

public sealed class HolidayTests
{
    [Theory]
    [InlineData(1818, 3, 22)]
    [InlineData(1943, 4, 25)]
    [InlineData(1954, 4, 18)]
    [InlineData(1981, 4, 19)]
    [InlineData(2000, 4, 23)]
    [InlineData(2024, 3, 31)]
    [InlineData(2025, 4, 20)]
    [InlineData(2026, 4, 5)]
    [InlineData(2027, 3, 28)]
    [InlineData(2038, 4, 25)]
    [InlineData(2285, 3, 22)]
    public void Easter_is_where_the_church_has_it(int year, int month, int day) => Easter.Of(year).ShouldBe(new LocalDate(year, month, day));

    [Theory]
    // England: Christmas on a Saturday, on a Sunday; New Year on a Saturday.
    [InlineData("gb", 2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-25 12-26 12-27* 12-28*")]
    [InlineData("gb", 2022, "01-01 01-03* 04-15 04-18 05-02 05-30 08-29 12-25 12-26 12-27*")]
    // Scotland: the second of January on a Sunday.
    [InlineData("gb-sct", 2022, "01-01 01-02 01-03* 01-04* 04-15 05-02 05-30 08-01 11-30 12-25 12-26 12-27*")]
    [InlineData("gb-nir", 2026, "01-01 03-17 04-03 04-06 05-04 05-25 07-12 07-13* 08-31 12-25 12-26 12-28*")]
    // The federal administration: Independence Day on a Saturday, Juneteenth too.
    [InlineData("us", 2026, "01-01 01-19 02-16 05-25 06-19 07-03* 07-04 09-07 10-12 11-11 11-26 12-25")]
    [InlineData("us", 2021, "01-01 01-18 02-15 05-31 06-18* 06-19 07-04 07-05* 09-06 10-11 11-11 11-25 12-24* 12-25")]
    [InlineData("fr", 2026, "01-01 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25")]
    [InlineData("fr-re", 2026, "01-01 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-20 12-25")]
    [InlineData("fr-yt", 2026, "01-01 04-06 04-27 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25")]
    [InlineData("be", 2026, "01-01 04-06 05-01 05-14 05-25 07-21 08-15 11-01 11-11 12-25")]
    [InlineData("ch", 2026, "01-01 05-14 08-01 12-25")]
    [InlineData("lu", 2026, "01-01 04-06 05-01 05-09 05-14 05-25 06-23 08-15 11-01 12-25 12-26")]
    [InlineData("lu", 2018, "01-01 04-02 05-01 05-10 05-21 06-23 08-15 11-01 12-25 12-26")]
    [InlineData("de", 2026, "01-01 04-03 04-06 05-01 05-14 05-25 10-03 12-25 12-26")]
    [InlineData("es", 2026, "01-01 01-06 04-03 05-01 08-15 10-12 11-01 12-06 12-08 12-25")]
    [InlineData("it", 2025, "01-01 01-06 04-20 04-21 04-25 05-01 06-02 08-15 11-01 12-08 12-25 12-26")]
    [InlineData("it", 2026, "01-01 01-06 04-05 04-06 04-25 05-01 06-02 08-15 10-04 11-01 12-08 12-25 12-26")]
    public void A_year_has_the_holidays_of_its_law(string region, int year, string expected) =>
        string.Join(' ', HolidayRegion.Find(region)!.Of(year).Select(day => $"{day.Date:MM-dd}{(day.IsSubstitute ? "*" : "")}")).ShouldBe(expected);

    [Fact]
    public void Every_region_is_written_in_both_languages_with_uids_of_its_own()
    {
        foreach (var region in HolidayRegion.All)
        {
            var texts = ((bool[])[true, false]).Select(isFrench => Encoding.UTF8.GetString(region.Write(isFrench, 2026))).ToList();
            var uids = texts.ConvertAll(text => text.Split("\r\n").Where(line => line.StartsWith("UID:", StringComparison.Ordinal)).ToList());
            uids[0].ShouldBe(uids[1]);
            uids[0].ShouldBeUnique();
            texts[0].ShouldContain("Noël");
            texts[1].ShouldContain("Christmas Day");
        }
    }
}

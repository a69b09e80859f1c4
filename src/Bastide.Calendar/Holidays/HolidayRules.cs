using NodaTime;

namespace Bastide.Calendar.Holidays;

/// <summary>The holidays that several countries keep, under the names most of them use.</summary>
static class HolidayRules
{
    public static readonly Holiday NewYear = Holiday.Fixed("new-year", 1, 1, "New Year's Day", "Jour de l'an");
    public static readonly Holiday Epiphany = Holiday.Fixed("epiphany", 1, 6, "Epiphany", "Épiphanie");
    public static readonly Holiday GoodFriday = Holiday.AfterEaster("good-friday", -2, "Good Friday", "Vendredi saint");
    public static readonly Holiday EasterSunday = Holiday.AfterEaster("easter", 0, "Easter Sunday", "Dimanche de Pâques");
    public static readonly Holiday EasterMonday = Holiday.AfterEaster("easter-monday", 1, "Easter Monday", "Lundi de Pâques");
    public static readonly Holiday LabourDay = Holiday.Fixed("labour-day", 5, 1, "Labour Day", "Fête du Travail");
    public static readonly Holiday Ascension = Holiday.AfterEaster("ascension", 39, "Ascension Day", "Ascension");
    public static readonly Holiday WhitMonday = Holiday.AfterEaster("whit-monday", 50, "Whit Monday", "Lundi de Pentecôte");
    public static readonly Holiday Assumption = Holiday.Fixed("assumption", 8, 15, "Assumption Day", "Assomption");
    public static readonly Holiday AllSaints = Holiday.Fixed("all-saints", 11, 1, "All Saints' Day", "Toussaint");
    public static readonly Holiday Armistice = Holiday.Fixed("armistice", 11, 11, "Armistice Day", "Armistice de 1918");
    public static readonly Holiday Immaculate = Holiday.Fixed("immaculate-conception", 12, 8, "Immaculate Conception", "Immaculée Conception");
    public static readonly Holiday Christmas = Holiday.Fixed("christmas", 12, 25, "Christmas Day", "Noël");
    public static readonly Holiday SaintStephen = Holiday.Fixed("saint-stephen", 12, 26, "St. Stephen's Day", "Saint-Étienne");
    public static readonly Holiday BoxingDay = Holiday.Fixed("boxing-day", 12, 26, "Boxing Day", "Lendemain de Noël");

    /// <summary>France, and with one more its departments overseas.</summary>
    public static readonly Holiday[] France =
    [
        NewYear, EasterMonday, LabourDay, Holiday.Fixed("victory", 5, 8, "Victory in Europe Day", "Victoire de 1945"), Ascension, WhitMonday,
        Holiday.Fixed("national-day", 7, 14, "Bastille Day", "Fête nationale"), Assumption, AllSaints, Armistice, Christmas,
    ];

    public static readonly Holiday[] Belgium =
    [
        NewYear, EasterMonday, LabourDay, Ascension, WhitMonday, Holiday.Fixed("national-day", 7, 21, "Belgian National Day", "Fête nationale"), Assumption, AllSaints, Armistice, Christmas,
    ];

    /// <summary>What all cantons keep.</summary>
    public static readonly Holiday[] Switzerland = [NewYear, Ascension, Holiday.Fixed("national-day", 8, 1, "Swiss National Day", "Fête nationale"), Christmas];

    public static readonly Holiday[] Luxembourg =
    [
        NewYear, EasterMonday, LabourDay, Holiday.Fixed("europe-day", 5, 9, "Europe Day", "Journée de l'Europe", 2019), Ascension, WhitMonday,
        Holiday.Fixed("national-day", 6, 23, "National Day", "Fête nationale"), Assumption, AllSaints, Christmas, SaintStephen,
    ];

    /// <summary>What all Länder keep.</summary>
    public static readonly Holiday[] Germany =
    [
        NewYear, GoodFriday, EasterMonday, LabourDay, Ascension, WhitMonday, Holiday.Fixed("unity", 10, 3, "German Unity Day", "Jour de l'unité allemande"), Christmas,
        Holiday.Fixed("second-christmas-day", 12, 26, "Second Day of Christmas", "Lendemain de Noël"),
    ];

    /// <summary>What the whole country keeps; where one is on a Sunday, regions choose another day.</summary>
    public static readonly Holiday[] Spain =
    [
        NewYear, Epiphany, GoodFriday, LabourDay, Assumption, Holiday.Fixed("national-day", 10, 12, "National Day of Spain", "Fête nationale"), AllSaints,
        Holiday.Fixed("constitution", 12, 6, "Constitution Day", "Jour de la Constitution"), Immaculate, Christmas,
    ];

    public static readonly Holiday[] Italy =
    [
        NewYear, Epiphany, EasterSunday, EasterMonday, Holiday.Fixed("liberation", 4, 25, "Liberation Day", "Fête de la Libération"), LabourDay,
        Holiday.Fixed("republic", 6, 2, "Republic Day", "Fête de la République"), Assumption, Holiday.Fixed("saint-francis", 10, 4, "St. Francis of Assisi", "Saint François d'Assise", 2026),
        AllSaints, Immaculate, Christmas, SaintStephen,
    ];

    public static readonly Holiday EarlyMay = Holiday.Weekday("early-may", 5, 1, IsoDayOfWeek.Monday, "Early May bank holiday", "Jour férié de début mai");
    public static readonly Holiday Spring = Holiday.Weekday("spring", 5, 5, IsoDayOfWeek.Monday, "Spring bank holiday", "Jour férié de printemps");
    public static readonly Holiday Summer = Holiday.Weekday("summer", 8, 5, IsoDayOfWeek.Monday, "Summer bank holiday", "Jour férié d'été");

    /// <summary>England and Wales.</summary>
    public static readonly Holiday[] England = [NewYear, GoodFriday, EasterMonday, EarlyMay, Spring, Summer, Christmas, BoxingDay];

    public static readonly Holiday[] Scotland =
    [
        NewYear, Holiday.Fixed("second-january", 1, 2, "2nd January", "2 janvier"), GoodFriday, EarlyMay, Spring,
        Holiday.Weekday("summer", 8, 1, IsoDayOfWeek.Monday, "Summer bank holiday", "Jour férié d'été"), Holiday.Fixed("saint-andrew", 11, 30, "St Andrew's Day", "Saint-André"), Christmas, BoxingDay,
    ];

    public static readonly Holiday[] NorthernIreland =
    [
        NewYear, Holiday.Fixed("saint-patrick", 3, 17, "St Patrick's Day", "Saint-Patrick"), GoodFriday, EasterMonday, EarlyMay, Spring,
        Holiday.Fixed("boyne", 7, 12, "Battle of the Boyne", "Bataille de la Boyne"), Summer, Christmas, BoxingDay,
    ];

    /// <summary>What the federal administration keeps.</summary>
    public static readonly Holiday[] UnitedStates =
    [
        NewYear, Holiday.Weekday("king", 1, 3, IsoDayOfWeek.Monday, "Martin Luther King Jr. Day", "Journée de Martin Luther King"),
        Holiday.Weekday("washington", 2, 3, IsoDayOfWeek.Monday, "Washington's Birthday", "Anniversaire de Washington"),
        Holiday.Weekday("memorial", 5, 5, IsoDayOfWeek.Monday, "Memorial Day", "Memorial Day"), Holiday.Fixed("juneteenth", 6, 19, "Juneteenth", "Juneteenth", 2021),
        Holiday.Fixed("independence", 7, 4, "Independence Day", "Fête de l'indépendance"), Holiday.Weekday("labor", 9, 1, IsoDayOfWeek.Monday, "Labor Day", "Fête du Travail"),
        Holiday.Weekday("columbus", 10, 2, IsoDayOfWeek.Monday, "Columbus Day", "Jour de Christophe Colomb"), Holiday.Fixed("veterans", 11, 11, "Veterans Day", "Jour des anciens combattants"),
        Holiday.Weekday("thanksgiving", 11, 4, IsoDayOfWeek.Thursday, "Thanksgiving Day", "Thanksgiving"), Christmas,
    ];
}

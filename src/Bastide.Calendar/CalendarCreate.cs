namespace Bastide.Calendar;

/// <summary>A calendar to be made.</summary>
public sealed record CalendarCreate
{
    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>Its name as a DAV resource; one is made when null.</summary>
    public string? Resource { get; init; }

    /// <summary>What it holds.</summary>
    public CalendarKinds Kinds { get; init; } = CalendarKinds.All;

    /// <summary>Where its contents come from; null where they are made here.</summary>
    public string? Source { get; init; }

    /// <summary>What else is said of it.</summary>
    public CalendarUpdate Properties { get; init; } = new();
}

namespace Bastide.Calendar;

/// <summary>What an occurrence makes of the time it takes.</summary>
public enum BusyKind
{
    /// <summary>The time stays free.</summary>
    Free = 0,

    /// <summary>It is taken.</summary>
    Busy = 1,

    /// <summary>It is perhaps taken.</summary>
    Tentative = 2,

    /// <summary>The occurrence does not take place.</summary>
    Cancelled = 3,
}

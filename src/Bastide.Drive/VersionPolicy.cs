namespace Bastide.Drive;

/// <summary>
/// Which former contents of a file are kept: all of the last hour, then one an hour for a day, one a day for a month, and one a
/// week; a hundred at most. Of those of one hour (day, week) the last stays.
/// </summary>
static class VersionPolicy
{
    /// <summary>The most that are kept of one file.</summary>
    public const int Most = 100;

    static readonly TimeSpan All = TimeSpan.FromHours(1);
    static readonly TimeSpan Hourly = TimeSpan.FromDays(1);
    static readonly TimeSpan Daily = TimeSpan.FromDays(30);

    /// <summary>Those of the versions, in any order, that are not kept.</summary>
    public static IReadOnlyList<FileVersion> Excess(IEnumerable<FileVersion> versions, DateTimeOffset now)
    {
        var excess = new List<FileVersion>();
        var taken = new HashSet<(TimeSpan, long)>();
        var kept = 0;
        foreach (var version in versions.OrderByDescending(version => version.Replaced).ThenByDescending(version => version.Id))
        {
            var age = now - version.Replaced;
            var each = age < All ? TimeSpan.Zero : age < Hourly ? TimeSpan.FromHours(1) : age < Daily ? TimeSpan.FromDays(1) : TimeSpan.FromDays(7);
            var isKept = kept < Most && (each == TimeSpan.Zero || taken.Add((each, version.Replaced.Ticks / each.Ticks)));
            if (isKept) kept++;
            else excess.Add(version);
        }

        return excess;
    }
}

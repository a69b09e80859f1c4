using System.Globalization;

namespace Bastide.Bench.Imap;

/// <summary>What a process holds of memory.</summary>
static class ProcessMemory
{
    /// <summary>Its octets, pages that several processes share counted in parts (PSS); 0 when it has gone.</summary>
    public static long Proportional(int pid)
    {
        try
        {
            foreach (var line in File.ReadLines($"/proc/{pid}/smaps_rollup"))
                if (line.StartsWith("Pss:", StringComparison.Ordinal))
                    return long.Parse(line.AsSpan(4).TrimEnd("kB").Trim(), CultureInfo.InvariantCulture) * 1024;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile.
        }

        return 0;
    }
}

using Bastide.Platform.Settings;

namespace Bastide.Demo;

/// <summary>Fills an empty data directory once with people, a team, mail, events and contacts, and refuses any other directory.</summary>
static partial class DemoData
{
    const string Marker = "demo";

    /// <summary>The password of every demo account.</summary>
    public const string Password = "bastide-demo";

    /// <summary>Whether a data directory is a demo, so that the commands know its domain.</summary>
    public static bool IsIn(string directory) => File.Exists(Path.Combine(directory, Marker));

    /// <summary>
    /// Checks, before anything is opened, that the directory is empty or a demo already. Throws <see cref="SettingsException"/>.
    /// </summary>
    public static void Claim(BastideSettings settings)
    {
        var marker = Path.Combine(settings.Data, Marker);
        if (File.Exists(marker)) return;
        if (Directory.Exists(settings.Data) && Directory.EnumerateFileSystemEntries(settings.Data).Any())
            throw new SettingsException($"{settings.Data} holds data that is not a demo: start without --demo, or name an empty directory with --data.");
        DataDirectory.Make(settings.Data);
        File.WriteAllText(marker, "This data directory was made by bastide serve --demo. Its passwords are public.\n");
    }

    /// <summary>Tells who can sign in.</summary>
    public static void Announce(BastideSettings settings)
    {
        Console.WriteLine();
        Console.WriteLine($"  Demo         alice@{settings.Domain}, bob@{settings.Domain}, chloe@{settings.Domain} (administrator)");
        Console.WriteLine($"               password {Password}");
    }
}

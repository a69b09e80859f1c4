namespace Bastide.Platform.Settings;

/// <summary>The directory of everything that must be backed up.</summary>
public static class DataDirectory
{
    /// <summary>Makes it where it is missing, for its owner's eyes alone. Throws <see cref="SettingsException"/> when it cannot be made.</summary>
    public static void Make(string path)
    {
        try
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
            else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"The data directory {path} cannot be made: {exception.Message} Set BASTIDE_DATA to one that can.");
        }
    }
}

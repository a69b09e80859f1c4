namespace Bastide.Conformance.Clients;

/// <summary>The home directory of a program that may write to it until the last of its processes is gone.</summary>
static class ClientHome
{
    /// <summary>Removes it once nobody writes to it any more.</summary>
    public static Task Remove(TempDirectory home) => Wait.Until(() => Removed(home), "the home of the program is gone");

    static bool Removed(TempDirectory home)
    {
        try
        {
            home.Dispose();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}

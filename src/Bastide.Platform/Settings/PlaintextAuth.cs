namespace Bastide.Platform.Settings;

/// <summary>Where a password may cross without TLS.</summary>
public enum PlaintextAuth
{
    /// <summary>Only between programs of this machine.</summary>
    Loopback,

    /// <summary>Nowhere.</summary>
    Never,

    /// <summary>Anywhere: something before the program ends TLS.</summary>
    Always,
}

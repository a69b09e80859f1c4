namespace Bastide.Protocols.Jmap;

/// <summary>A module's methods, types and capabilities. Registered in the container; asked once at start.</summary>
public interface IJmapMethods
{
    /// <summary>Adds them to the table.</summary>
    void Register(JmapMethodTable table);
}

namespace Bastide.Protocols.Dav;

/// <summary>What a module adds to the engine: trees, properties, reports, verbs. Registered in the container; asked once at start.</summary>
public interface IDavModule
{
    /// <summary>Adds them to the table.</summary>
    void Register(DavTable table);
}

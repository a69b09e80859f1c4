namespace Bastide.Protocols.Dav.Verbs;

/// <summary>The verbs of the engine, each in the file of its name, and the nodes they are allowed on.</summary>
static class CoreVerbs
{
    public static void Register(DavTable table)
    {
        table.AddCoreVerb("OPTIONS", _ => true, Options.Handle);
        table.AddCoreVerb("PROPFIND", node => node is not null, Propfind.Handle);
    }
}

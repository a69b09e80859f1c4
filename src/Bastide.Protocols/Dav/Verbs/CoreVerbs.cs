namespace Bastide.Protocols.Dav.Verbs;

/// <summary>The verbs of the engine, each in the file of its name, and the nodes they are allowed on.</summary>
static class CoreVerbs
{
    public static void Register(DavTable table)
    {
        // RFC 3744 §7.2, RFC 5689 §3.1.
        table.AddFeature("access-control");
        table.AddFeature("extended-mkcol");
        table.AddCoreVerb("OPTIONS", _ => true, Options.Handle);
        table.AddCoreVerb("GET", HasContent, Get.Handle);
        table.AddCoreVerb("HEAD", HasContent, Head.Handle);
        table.AddCoreVerb("PUT", node => node is null or DavResource, Put.Handle);
        table.AddCoreVerb("DELETE", Exists, Delete.Handle);
        table.AddCoreVerb("PROPFIND", Exists, Propfind.Handle);
        table.AddCoreVerb("PROPPATCH", Exists, Proppatch.Handle);
        table.AddCoreVerb("MKCOL", node => node is null, Mkcol.Handle);
        table.AddCoreVerb("COPY", Exists, Copy.Handle);
        table.AddCoreVerb("MOVE", Exists, Move.Handle);
        table.AddCoreVerb("LOCK", node => node is null or { IsLockable: true }, Lock.Handle);
        table.AddCoreVerb("UNLOCK", node => node is { IsLockable: true }, Unlock.Handle);
        table.AddCoreVerb("REPORT", Exists, Report.Handle);
        table.AddCoreVerb("ACL", node => node?.Shared is not null, Acl.Handle);
    }

    static bool Exists(DavNode? node) => node is not null;

    static bool HasContent(DavNode? node) => node is { HasContent: true };
}

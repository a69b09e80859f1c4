namespace Bastide.Protocols.Dav.Reports;

/// <summary>The reports of the engine, each in the file of its name, and the nodes they are about.</summary>
static class CoreReports
{
    public static void Register(DavTable table)
    {
    }
}

using Bastide.Protocols.Dav.Principals;

namespace Bastide.Protocols.Dav.Reports;

/// <summary>The reports of the engine, each in the file of its name, and the nodes they are about.</summary>
static class CoreReports
{
    public static void Register(DavTable table)
    {
        table.AddReport(DavNames.Of("sync-collection"), node => node is DavCollection { SyncState: not null }, SyncCollection.Handle);
        table.AddReport(DavNames.Of("expand-property"), _ => true, ExpandProperty.Handle);
        table.AddReport(DavNames.Of("acl-principal-prop-set"), node => node.Shared is not null, AclPrincipalPropSet.Handle);
        table.AddReport(DavNames.Of("principal-match"), node => node.IsCollection, PrincipalMatch.Handle);
        table.AddReport(DavNames.Of("principal-property-search"), node => node is PrincipalCollection or RootCollection, PrincipalPropertySearch.Handle);
        table.AddReport(DavNames.Of("principal-search-property-set"), node => node is PrincipalCollection or RootCollection, PrincipalSearchPropertySet.Handle);
    }
}

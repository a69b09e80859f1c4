using Bastide.Platform.Accounts;
using Bastide.Protocols.Dav.Principals;

namespace Bastide.Protocols.Dav.Properties;

/// <summary>The access control properties of RFC 3744 §5, told from the rights the caller has and the grants there are.</summary>
static class AclProperties
{
    public static void Register(DavTable table)
    {
        AddPrivileges(table);
        table.AddProperty(DavProperty.Hrefs<DavNode>(DavNames.Of("owner"), (call, node) => node.Home is { } home ? [call.PrincipalHref(home.Address)] : null));
        table.AddProperty(DavProperty.Hrefs<DavNode>(DavNames.Of("principal-collection-set"), (call, _) => [call.Mount.Child(PrincipalTree.Name).Href + "/"]));
        table.AddProperty(DavProperty.Content<DavNode>(DavNames.Of("supported-privilege-set"), (xml, _, _) => WriteSupported(xml, table.Privileges, table.Privileges[0])));
        table.AddProperty(DavProperty.Content<DavNode>(DavNames.Of("current-user-privilege-set"), (xml, node, _) => WritePrivileges(xml, table, node.Rights)));
    }

    /// <summary>A <c>DAV:privilege</c> for each that the rights amount to, the contained ones beside those that contain them.</summary>
    public static void WritePrivileges(DavXmlWriter xml, DavTable table, Rights rights)
    {
        foreach (var privilege in table.Privileges)
        {
            if ((rights & privilege.Needed) != privilege.Needed) continue;
            xml.Start(DavNames.Of("privilege"));
            xml.Empty(privilege.Name);
            xml.End();
        }
    }

    static void AddPrivileges(DavTable table)
    {
        var all = DavNames.Of("all");
        table.AddPrivilege(new DavPrivilege(all, null, Rights.Member | Rights.Manage, "Everything"));
        table.AddPrivilege(new DavPrivilege(DavNames.Read, all, Rights.Reader, "Read"));
        table.AddPrivilege(new DavPrivilege(DavNames.Write, all, Rights.Write | Rights.Delete, "Add, change and remove"));
        table.AddPrivilege(new DavPrivilege(DavNames.WriteProperties, DavNames.Write, Rights.Write, "Change properties"));
        table.AddPrivilege(new DavPrivilege(DavNames.WriteContent, DavNames.Write, Rights.Write, "Change content"));
        table.AddPrivilege(new DavPrivilege(DavNames.Bind, DavNames.Write, Rights.Write, "Add members"));
        table.AddPrivilege(new DavPrivilege(DavNames.Unbind, DavNames.Write, Rights.Delete, "Remove members"));
        table.AddPrivilege(new DavPrivilege(DavNames.Of("unlock"), all, Rights.Manage, "Take away locks of others"));
        table.AddPrivilege(new DavPrivilege(DavNames.Of("read-acl"), all, Rights.Manage, "See with whom it is shared"));
        table.AddPrivilege(new DavPrivilege(DavNames.Of("read-current-user-privilege-set"), all, Rights.Lookup, "See one's own privileges"));
        table.AddPrivilege(new DavPrivilege(DavNames.WriteAcl, all, Rights.Manage, "Share it"));
    }

    static void WriteSupported(DavXmlWriter xml, IReadOnlyList<DavPrivilege> all, DavPrivilege privilege)
    {
        xml.Start(DavNames.Of("supported-privilege"));
        xml.Start(DavNames.Of("privilege"));
        xml.Empty(privilege.Name);
        xml.End();
        xml.Start(DavNames.Of("description"), "xml:lang", "en");
        xml.Text(privilege.Description);
        xml.End();
        foreach (var within in all)
            if (within.Within == privilege.Name)
                WriteSupported(xml, all, within);
        xml.End();
    }
}

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
        table.AddProperty(DavProperty.Content<DavNode>(DavNames.Of("supported-privilege-set"), (xml, node, _) => WriteSupported(xml, node, table.Privileges, table.Privileges[0])));
        table.AddProperty(DavProperty.Content<DavNode>(DavNames.Of("current-user-privilege-set"), (xml, node, _) => WritePrivileges(xml, table, node, node.Rights)));
        table.AddProperty(DavProperty.Loaded<DavNode, AccessList>(DavNames.Of("acl"), Load, (xml, node, list) => Write(xml, table, node, list), mayRead: node => node.Rights.HasFlag(Rights.Manage)));
        table.AddProperty(DavProperty.Content<DavNode>(DavNames.Of("acl-restrictions"), (xml, _, _) => WriteRestrictions(xml), node => node.Shared is not null));
        table.AddProperty(DavProperty.Hrefs<DavNode>(DavNames.Of("inherited-acl-set"), (_, node) => node is { Shared: not null, Home: { } home } ? [home.Path.Href + "/"] : null));
    }

    /// <summary>The access control lists of nodes: the grants, with the addresses of those they are for.</summary>
    static async ValueTask<IReadOnlyDictionary<DavNode, AccessList>> Load(DavCall call, IReadOnlyList<DavNode> nodes)
    {
        var grants = new Dictionary<DavNode, IReadOnlyList<Grant>>(ReferenceEqualityComparer.Instance);
        foreach (var node in nodes)
            if (node is { Shared: { } shared, Home: not null } && await shared.Grants(call) is { } found)
                grants.Add(node, found);
        var accounts = grants.Values.SelectMany(found => found).Select(grant => grant.Grantee).ToHashSet();
        var addresses = accounts.Count == 0 ? [] : (await call.Engine.Directory.Find(accounts, call.Cancellation)).ToDictionary(entry => entry.Account, entry => call.PrincipalHref(entry.Address));
        return grants.ToDictionary(pair => pair.Key, pair => new AccessList(
            call.PrincipalHref(pair.Key.Home!.Address),
            [.. pair.Value.Where(grant => addresses.ContainsKey(grant.Grantee)).Select(grant => (addresses[grant.Grantee], grant))]));
    }

    static void Write(DavXmlWriter xml, DavTable table, DavNode node, AccessList list)
    {
        WriteEntry(xml, table, node, list.Owner, Rights.Owner, () => xml.Empty(DavNames.Of("protected")));
        foreach (var (href, grant) in list.Grants)
        {
            WriteEntry(xml, table, node, href, grant.Rights, () =>
            {
                if (grant.Collection is not null) return;
                xml.Start(DavNames.Of("inherited"));
                xml.Href(node.Home!.Path.Href + "/");
                xml.End();
            });
        }
    }

    static void WriteEntry(DavXmlWriter xml, DavTable table, DavNode node, string href, Rights rights, Action writeRest)
    {
        xml.Start(DavNames.Of("ace"));
        xml.Start(DavNames.Principal);
        xml.Href(href);
        xml.End();
        xml.Start(DavNames.Of("grant"));
        WritePrivileges(xml, table, node, rights);
        xml.End();
        writeRest();
        xml.End();
    }

    /// <summary>A <c>DAV:privilege</c> for each that the rights amount to, the contained ones beside those that contain them.</summary>
    public static void WritePrivileges(DavXmlWriter xml, DavTable table, DavNode node, Rights rights)
    {
        foreach (var privilege in table.Privileges)
        {
            if ((rights & privilege.Needed) != privilege.Needed || !privilege.IsOn(node)) continue;
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

    static void WriteRestrictions(DavXmlWriter xml)
    {
        xml.Empty(DavNames.Of("grant-only"));
        xml.Empty(DavNames.Of("no-invert"));
    }

    static void WriteSupported(DavXmlWriter xml, DavNode node, IReadOnlyList<DavPrivilege> all, DavPrivilege privilege)
    {
        xml.Start(DavNames.Of("supported-privilege"));
        xml.Start(DavNames.Of("privilege"));
        xml.Empty(privilege.Name);
        xml.End();
        xml.Start(DavNames.Of("description"), "xml:lang", "en");
        xml.Text(privilege.Description);
        xml.End();
        foreach (var within in all)
            if (within.Within == privilege.Name && within.IsOn(node))
                WriteSupported(xml, node, all, within);
        xml.End();
    }

    /// <summary>Who may do what with a node.</summary>
    /// <param name="Owner">The address of the owner's principal.</param>
    /// <param name="Grants">The grants, with the addresses of the principals they are for.</param>
    sealed record AccessList(string Owner, IReadOnlyList<(string Href, Grant Grant)> Grants);
}

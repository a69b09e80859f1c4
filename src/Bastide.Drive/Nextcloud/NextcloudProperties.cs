using System.Globalization;
using System.Xml.Linq;
using Bastide.Drive.Dav;
using Bastide.Platform.Accounts;
using Bastide.Protocols.Dav;

namespace Bastide.Drive.Nextcloud;

/// <summary>The properties that the programs of ownCloud and Nextcloud ask of files and folders.</summary>
static class NextcloudProperties
{
    /// <summary>What stands behind a number, to tell one server's from another's.</summary>
    public const string Instance = "bastide";

    static readonly XNamespace OwnCloud = "http://owncloud.org/ns";
    static readonly XNamespace Nextcloud = "http://nextcloud.org/ns";

    public static void Register(DavTable table)
    {
        table.AddNamespace("oc", OwnCloud);
        table.AddNamespace("nc", Nextcloud);
        Add(table, "id", node => IdOf(node.Node));
        Add(table, "fileid", node => Text(node.Node.Id));
        Add(table, "size", node => Text(node.Node.Size));
        Add(table, "permissions", PermissionsOf);
        table.AddProperty(DavProperty.Content<FileResource>(OwnCloud + "checksums", (xml, file, _) => xml.Element(OwnCloud + "checksum", ChecksumsOf(file.File.Node))));
        table.AddProperty(DavProperty.Text<FolderCollection>(Nextcloud + "is-mount-root", folder => folder.File.Node.Role == FileRole.Root && folder.Home!.Owner is not null ? "true" : "false"));
    }

    /// <summary>The number of a node as these programs keep it: eight digits at least, and whose it is.</summary>
    public static string IdOf(FileNode node) => string.Create(CultureInfo.InvariantCulture, $"{node.Id:D8}{Instance}");

    /// <summary>
    /// What may be done, a letter each: G read, D delete, N rename, V move, W change the octets, C add files, K add folders, R
    /// share.
    /// </summary>
    static string PermissionsOf(FilePath file)
    {
        var (rights, isRoot) = (file.Rights, file.Node.Role != FileRole.None);
        var (may, removes) = (rights.HasFlag(Rights.Write), rights.HasFlag(Rights.Delete) && !isRoot);
        return (rights.HasFlag(Rights.Manage) && !isRoot ? "R" : "") + (rights.HasFlag(Rights.Read) ? "G" : "") + (removes ? "D" : "") + (may && !isRoot ? "N" : "") + (removes ? "V" : "")
            + (may && !file.Node.IsFolder ? "W" : "") + (may && file.Node.IsFolder ? "CK" : "");
    }

    static string ChecksumsOf(FileNode file) => (file.Checksum is { } checksum ? checksum + " " : "") + "SHA256:" + file.Blob!.Value.Hex;

    static void Add(DavTable table, string name, Func<FilePath, string> text)
    {
        table.AddProperty(DavProperty.Text<FileResource>(OwnCloud + name, file => text(file.File)));
        table.AddProperty(DavProperty.Text<FolderCollection>(OwnCloud + name, folder => text(folder.File)));
    }

    static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

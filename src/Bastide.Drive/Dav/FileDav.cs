using System.Globalization;
using Bastide.Drive.Nextcloud;
using Bastide.Drive.Store;
using Bastide.Platform.Accounts;
using Bastide.Protocols.Dav;
using Microsoft.AspNetCore.Http;

namespace Bastide.Drive.Dav;

/// <summary>WebDAV of files (RFC 4918) on the engine: <c>/dav/files/ADDRESS/FOLDER/FILE</c>.</summary>
sealed class FileDav(FileNodes nodes, Files files, UploadedFile uploads) : IDavModule, IDavHomes
{
    /// <summary>The tree's name, and that below which locks are kept.</summary>
    public const string Tree = "files";

    public string Name => Tree;

    public string Scope => FileRights.Scope;

    public FileNodes Nodes => nodes;

    public Files Files => files;

    public void Register(DavTable table)
    {
        table.AddHomes(this);
        NextcloudProperties.Register(table);
    }

    public async ValueTask<IReadOnlyList<DavCollection>> Homes(DavCall call, IReadOnlyList<DavHome> homes, DavWanted wanted)
    {
        var roots = await nodes.Roots(call.Caller, [.. homes.Select(home => home.Account)], call.Cancellation);
        return [.. homes.Where(home => roots.ContainsKey(home.Account)).Select(home => new FolderCollection(this, home.Path, home, roots[home.Account], null))];
    }

    public async ValueTask<DavNode?> Find(DavCall call, DavHome home, IReadOnlyList<string> names, DavWanted wanted) =>
        await nodes.Find(call.Caller, home.Account, names, call.Cancellation) is { } path ? (await Wrap(call, home, [path], wanted))[0] : null;

    /// <summary>The nodes as DAV sees them, with what programs set on them where that is wanted.</summary>
    public async ValueTask<IReadOnlyList<DavNode>> Wrap(DavCall call, DavHome home, IReadOnlyList<FilePath> paths, DavWanted wanted)
    {
        var properties = wanted.Dead ? await nodes.Properties([.. paths.Select(path => path.Node.Id)], call.Cancellation) : null;
        return [.. paths.Select(path => Wrap(home, path, properties))];
    }

    /// <summary>
    /// Stores the octets of an upload. Interop: rclone 1.60.1, nextcloudcmd 3.7.3, 2026-12: they say in headers of their own
    /// when the file was written and what it comes to.
    /// </summary>
    public async ValueTask<(FileContent? Content, DavError? Refused)> Take(DavCall call, DavNode node, AccountId account, string name, DavUpload upload)
    {
        var headers = call.Http.Request.Headers;
        if (upload.Length > 0 && !await files.HasRoom(account, upload.Length.Value, call.Cancellation)) return (null, DavError.QuotaExceeded);
        var (stored, checksum, refused) = await uploads.Take(upload.Content, headers["OC-Checksum"].ToString() is { Length: > 0 } said ? said : null, call.Cancellation);
        if (refused is not null) return (null, DavErrors.Of(refused, node, DavNames.WriteContent));
        // Cut off on the way is not the whole of it.
        if (upload.Length is { } length && length != stored.Size) return (null, DavError.BadRequest("The content ended before its length."));
        DateTimeOffset? modified = null;
        if (long.TryParse(headers["X-OC-Mtime"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 253402300800)
        {
            modified = DateTimeOffset.FromUnixTimeSeconds(seconds);
            call.Http.Response.Headers["X-OC-Mtime"] = "accepted";
        }

        return (new FileContent(stored.Id, stored.Size, MediaTypes.Of(name, upload.ContentType), modified, checksum), null);
    }

    /// <summary>Throws a node away.</summary>
    public async ValueTask<DavError?> Trash(DavCall call, DavNode node, FileNode file, DavGuard guard)
    {
        var locked = new DavLocked(guard);
        var outcome = await files.Trash(call.Caller, file.Account, file.Id, locked.Condition, call.Cancellation);
        return outcome.Refused is { } refused ? DavErrors.Of(refused, node, DavNames.Unbind, locked) : null;
    }

    /// <summary>Sets and removes properties of programs' own; no other of a file can be set.</summary>
    public async ValueTask<DavError?> Patch(DavCall call, DavNode node, FileNode file, IReadOnlyList<DavPropertyChange> changes, DavGuard guard)
    {
        if (changes.FirstOrDefault(change => !change.IsDead) is { } live) return DavError.Forbidden with { Property = live.Name };
        var locked = new DavLocked(guard);
        var outcome = await files.Patch(call.Caller, file.Account, file.Id, new FileFacts(), [.. changes.Select(change => (change.Name.ToString(), change.Xml))], locked.Condition, call.Cancellation);
        return outcome.Refused is { } refused ? DavErrors.Of(refused, node, DavNames.WriteProperties, locked) : null;
    }

    /// <summary>That it is stored, as what it is now.</summary>
    public static DavStored Stored(DavCall call, FileNode file)
    {
        Tell(call, file);
        return DavStored.As(file.ETag);
    }

    /// <summary>Interop: nextcloudcmd 3.7.3, 2026-12: it takes the number and the tag of what it made from headers, or asks again for each.</summary>
    public static void Tell(DavCall call, FileNode node)
    {
        call.Http.Response.Headers["OC-FileId"] = NextcloudProperties.IdOf(node);
        call.Http.Response.Headers["OC-ETag"] = node.ETag;
    }

    /// <summary>The file or folder that a node is; null for one of another module.</summary>
    public static FileNode? NodeOf(DavNode node) => node switch
    {
        FolderCollection folder => folder.File.Node,
        FileResource file => file.File.Node,
        _ => null,
    };

    DavNode Wrap(DavHome home, FilePath path, ILookup<long, (string Name, string Xml)>? properties)
    {
        // As the tree spells it: a name may have come in another of Unicode's forms.
        var at = path.Names.Aggregate(home.Path, (above, name) => above.Child(name));
        return path.Node.IsFolder ? new FolderCollection(this, at, home, path, properties) : new FileResource(this, at, home, path, properties);
    }
}

using System.Text;
using Bastide.Platform.Accounts;
using Bastide.Platform.Blobs;
using Microsoft.AspNetCore.Builder;

namespace Bastide.Drive.Tests;

/// <summary>A workplace with files.</summary>
public sealed class DriveWorkplace : ModuleWorkplace<DrivePerson>
{
    DriveWorkplace(DatabaseFixture fixture, WebApplication app)
        : base(fixture, app, (http, account, address) => new DrivePerson(http, account, address))
    {
    }

    public Files Files => Get<Files>();

    public FileNodes Nodes => Get<FileNodes>();

    public FileVersions Versions => Get<FileVersions>();

    public FileTrash Trash => Get<FileTrash>();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<DriveWorkplace> Start(DatabaseFixture fixture) => new(fixture, await Open(fixture, new DriveModule()));

    /// <summary>Gives somebody rights on an account, or on one file or folder of it.</summary>
    public Task Give(DrivePerson owner, DrivePerson grantee, Rights rights, long? node = null) =>
        Give(owner, grantee, rights, node is { } id ? new CollectionRef(DriveTypes.FileNode, id) : null);

    /// <summary>What names with slashes between them lead to, as somebody sees it; of their own account, or of another.</summary>
    public async Task<FilePath?> Find(DrivePerson person, string path, DrivePerson? of = null) =>
        await Nodes.Find(person.Caller, (of ?? person).Account, path.Split('/', StringSplitOptions.RemoveEmptyEntries), Cancellation);

    /// <summary>The same, which must be there.</summary>
    public async Task<FileNode> At(DrivePerson person, string path, DrivePerson? of = null) => (await Find(person, path, of)).ShouldNotBeNull(path).Node;

    /// <summary>Octets that are stored.</summary>
    public async Task<FileContent> Stored(string text, string? type = "text/plain")
    {
        var stored = await Get<BlobStore>().Put(Encoding.UTF8.GetBytes(text), Cancellation);
        return new FileContent(stored.Id, stored.Size, type);
    }

    /// <summary>Makes a folder, and those it stands in where they are not there.</summary>
    public async Task<FileNode> Folder(DrivePerson person, string path)
    {
        var folder = await At(person, "");
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var made = await Files.MakeFolder(person.Caller, person.Account, folder.Id, name, new FileFacts(), [], FileCondition.None, Cancellation);
            folder = made.Node ?? (await Nodes.Find(person.Caller, person.Account, [made.Refused!.ExistingId!.Value], Cancellation))[made.Refused.ExistingId.Value].Node;
        }

        return folder;
    }

    /// <summary>Writes a file, in folders that are made where they are not there.</summary>
    public async Task<FileNode> Write(DrivePerson person, string path, string text)
    {
        var slash = path.LastIndexOf('/');
        var folder = await Folder(person, slash < 0 ? "" : path[..slash]);
        var put = await Files.Put(person.Caller, person.Account, folder.Id, path[(slash + 1)..], await Stored(text), null, FileCondition.None, Cancellation);
        put.Refused.ShouldBeNull();
        return put.Node!;
    }

    /// <summary>What a file holds.</summary>
    public async Task<string> Read(FileNode file)
    {
        await using var content = (await Nodes.Open(file, Cancellation)).ShouldNotBeNull();
        using var reader = new StreamReader(content);
        return await reader.ReadToEndAsync(Cancellation);
    }

    /// <summary>The names in a folder, as somebody sees it.</summary>
    public async Task<IReadOnlyList<string>> Names(DrivePerson person, string path, DrivePerson? of = null) =>
        [.. (await Nodes.Page(person.Caller, (await Find(person, path, of)).ShouldNotBeNull(path), "", 1000, Cancellation)).Members.Select(member => member.Node.Name)];

    /// <summary>What somebody's files come to, as it is kept: octets and how many files and folders.</summary>
    public async Task<(long Octets, long Items)> Usage(DrivePerson person) =>
        (await Fixture.Database.Read(scope => AccountTable.Usage(scope, person.Account), Cancellation)).Where(usage => usage.Type == DriveTypes.FileNode).Select(usage => (usage.Octets, usage.Items)).FirstOrDefault();
}

using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Drive.Store;

/// <summary>What a caller may do with the files of an account: by a grant on the whole, or on single files and folders with all below them.</summary>
sealed class FileRights(Rights whole, IReadOnlyDictionary<long, Rights> shared)
{
    /// <summary>The scope a credential needs for files.</summary>
    public const string Scope = "files";

    static readonly Dictionary<long, Rights> Nothing = [];

    /// <summary>What holds for every file.</summary>
    public Rights Whole => whole;

    /// <summary>What was shared by itself.</summary>
    public IReadOnlyCollection<long> Shared => (IReadOnlyCollection<long>)shared.Keys;

    /// <summary>Whether every file may be read.</summary>
    public bool SeesAll => whole.HasFlag(Rights.Read);

    /// <summary>Whether nothing may be read.</summary>
    public bool SeesNothing => !SeesAll && shared.Count == 0;

    /// <summary>Whether something may be added anywhere.</summary>
    public bool MayAdd => whole.HasFlag(Rights.Write) || shared.Values.Any(rights => rights.HasFlag(Rights.Write));

    /// <summary>Looks them up, in the scope of the operation.</summary>
    public static async ValueTask<FileRights> Of(ReadScope scope, Caller caller, AccountId account)
    {
        if (!caller.May(Scope)) return new FileRights(Rights.None, Nothing);
        var whole = await Access.On(scope, caller, account);
        return new FileRights(whole, whole.HasFlag(Rights.Owner) ? Nothing : await Access.OnCollections(scope, caller, account, DriveTypes.FileNode));
    }

    /// <summary>What may be done with a node that stands in these, itself among them. What was thrown away is for those who see the whole.</summary>
    public Rights On(IEnumerable<FileNode> path)
    {
        var rights = whole;
        foreach (var node in path)
        {
            if (node.Role == FileRole.Trash) return whole;
            rights |= shared.GetValueOrDefault(node.Id);
        }

        return rights;
    }

    /// <summary>What may be done with something in a folder, where the folder's own are known.</summary>
    public Rights On(Rights folder, FileNode member) => folder | shared.GetValueOrDefault(member.Id);
}

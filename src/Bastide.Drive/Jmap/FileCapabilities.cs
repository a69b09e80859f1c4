using System.Text.Json.Nodes;
using Bastide.Drive.Store;
using Bastide.Platform.Accounts;
using Bastide.Protocols.Jmap;

namespace Bastide.Drive.Jmap;

/// <summary>What the session says of files, for each account by the caller's rights on it. draft-ietf-jmap-filenode §1.</summary>
static class FileCapabilities
{
    public const string FileNodes = "urn:ietf:params:jmap:filenode";

    /// <summary>Versions, and where what was thrown away came from; see docs/protocols/files.md.</summary>
    public const string Extensions = "urn:bastide:jmap:files";

    public static JsonObject? OfFileNodes(Caller caller, Account account, Rights rights) => !caller.May(FileRights.Scope) || account.Kind == AccountKind.System ? null : new JsonObject
    {
        ["maxFileNodeDepth"] = Files.Deepest,
        ["maxSizeFileNodeName"] = FileNames.MostOctets,
        ["fileNodeQuerySortOptions"] = JsonValues.Texts(FileSort.Names),
        ["mayCreateTopLevelFileNode"] = rights.HasFlag(Rights.Write),
    };

    public static JsonObject? OfExtensions(Caller caller, Account account, Rights rights) => OfFileNodes(caller, account, rights) is null ? null : [];
}

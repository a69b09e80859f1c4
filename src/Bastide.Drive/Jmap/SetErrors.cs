using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Drive.Jmap;

/// <summary>What the operations refuse, in the words of RFC 8620 §5.3 and draft-ietf-jmap-filenode.</summary>
static class SetErrors
{
    public static SetError From(FileError error) => new(
        TypeOf(error.Failure),
        error.Description,
        error.Property is { } property && TypeOf(error.Failure) == "invalidProperties" ? [property] : null,
        error.ExistingId is { } existing ? new JsonObject { ["existingId"] = WireId.FileNode.Write(existing) } : null);

    static string TypeOf(FileFailure failure) => failure switch
    {
        FileFailure.NotFound => "notFound",
        FileFailure.Forbidden => "forbidden",
        FileFailure.StateMismatch => "stateMismatch",
        FileFailure.Locked => "forbidden",
        FileFailure.AlreadyExists => "alreadyExists",
        FileFailure.OverQuota or FileFailure.TooManyItems => "overQuota",
        FileFailure.HasMembers => "nodeHasChildren",
        _ => "invalidProperties",
    };
}

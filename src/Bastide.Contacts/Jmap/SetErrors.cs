using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Contacts.Jmap;

/// <summary>What the operations refuse, in the words of RFC 8620 §5.3 and RFC 9610.</summary>
static class SetErrors
{
    public static SetError From(ContactError error) => new(
        TypeOf(error.Failure),
        error.Description,
        error.Properties,
        error.ExistingId is { } existing ? new JsonObject { ["existingId"] = WireId.ContactCard.Write(existing) } : null);

    static string TypeOf(ContactFailure failure) => failure switch
    {
        ContactFailure.NotFound => "notFound",
        ContactFailure.Forbidden => "forbidden",
        ContactFailure.StateMismatch => "stateMismatch",
        ContactFailure.InvalidProperties => "invalidProperties",
        ContactFailure.InvalidPatch => "invalidPatch",
        ContactFailure.OverQuota => "overQuota",
        ContactFailure.TooLarge => "tooLarge",
        ContactFailure.TooManyItems => "overQuota",
        ContactFailure.AlreadyExists => "alreadyExists",
        ContactFailure.HasContents => "addressBookHasContents",
        ContactFailure.WillDestroy => "willDestroy",
        _ => throw new ArgumentOutOfRangeException(nameof(failure), failure, null),
    };
}

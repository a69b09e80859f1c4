using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary>What the operations refuse, in the words of RFC 8620 §5.3 and RFC 8621.</summary>
static class SetErrors
{
    public static SetError From(MailError error) => new(TypeOf(error.Failure), error.Description, error.Properties, Extra(error));

    /// <summary>Throws when nothing was done at all: the state did not match, or the account is only to be read.</summary>
    public static void ThrowIfRefused(MailError? refused)
    {
        if (refused is not null) throw From(refused).OfWholeCall();
    }

    static string TypeOf(MailFailure failure) => failure switch
    {
        MailFailure.NotFound => "notFound",
        MailFailure.Forbidden => "forbidden",
        MailFailure.StateMismatch => "stateMismatch",
        MailFailure.InvalidProperties => "invalidProperties",
        MailFailure.OverQuota => "overQuota",
        MailFailure.TooLarge => "tooLarge",
        MailFailure.TooManyMailboxes => "tooManyMailboxes",
        MailFailure.TooManyKeywords => "tooManyKeywords",
        MailFailure.TooManyItems => "overQuota",
        MailFailure.MailboxHasChild => "mailboxHasChild",
        MailFailure.MailboxHasEmail => "mailboxHasEmail",
        MailFailure.BlobNotFound => "blobNotFound",
        MailFailure.AlreadyExists => "alreadyExists",
        MailFailure.InvalidEmail => "invalidEmail",
        MailFailure.WillDestroy => "willDestroy",
        MailFailure.ForbiddenFrom => "forbiddenFrom",
        _ => throw new ArgumentOutOfRangeException(nameof(failure), failure, null),
    };

    static JsonObject? Extra(MailError error)
    {
        if (error.ExistingId is { } existing) return new JsonObject { ["existingId"] = WireId.Email.Write(existing) };
        if (error.MissingBlobs is { } missing) return new JsonObject { ["notFound"] = new JsonArray([.. missing.Select(blob => (JsonNode)blob.ToString())]) };
        return null;
    }
}

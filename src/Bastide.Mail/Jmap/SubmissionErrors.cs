using System.Text.Json.Nodes;
using Bastide.Mail.Delivery;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Jmap;

/// <summary>Why a message is not sent, in the words of RFC 8621 §7.5.</summary>
static class SubmissionErrors
{
    public static SetError From(SubmitResult refused) => refused.Failure switch
    {
        SubmitFailure.ForbiddenMailFrom => new SetError("forbiddenMailFrom", refused.Description),
        SubmitFailure.ForbiddenFrom => new SetError("forbiddenFrom", refused.Description),
        SubmitFailure.ForbiddenToSend => new SetError("forbiddenToSend", refused.Description),
        SubmitFailure.NoRecipients => new SetError("noRecipients", refused.Description),
        SubmitFailure.TooManyRecipients => new SetError("tooManyRecipients", refused.Description, Extra: new JsonObject { ["maxRecipients"] = refused.Limit }),
        SubmitFailure.InvalidRecipients => new SetError("invalidRecipients", refused.Description, Extra: new JsonObject { ["invalidRecipients"] = JsonValues.Texts(refused.InvalidRecipients ?? []) }),
        SubmitFailure.TooLarge => new SetError("tooLarge", refused.Description, Extra: new JsonObject { ["maxSize"] = refused.Limit }),
        SubmitFailure.InvalidEmail => new SetError("invalidEmail", refused.Description, ["from"]),
        SubmitFailure.RateLimit => new SetError("rateLimit", refused.Description),
        SubmitFailure.InvalidSendAt => new SetError("invalidProperties", refused.Description, ["envelope"]),
        _ => throw new ArgumentOutOfRangeException(nameof(refused), refused.Failure, null),
    };

    public static SetError? From(CancelOutcome outcome) => outcome switch
    {
        CancelOutcome.Canceled => null,
        CancelOutcome.NotFound => SetError.NotFound,
        CancelOutcome.Forbidden => new SetError("forbidden", "You may not send from this account."),
        _ => new SetError("cannotUnsend", "The message is on its way already."),
    };
}

using Bastide.Platform.Blobs;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail;

/// <summary>Why something was refused, in a form every protocol can tell.</summary>
/// <param name="Failure">The kind of refusal.</param>
/// <param name="Description">A sentence that tells what to do.</param>
/// <param name="Properties">The properties at fault, by their JMAP names.</param>
public sealed record MailError(MailFailure Failure, string Description, IReadOnlyList<string>? Properties = null)
{
    /// <summary>The item that is there already, with <see cref="MailFailure.AlreadyExists"/>.</summary>
    public long? ExistingId { get; init; }

    /// <summary>The blobs that are missing, with <see cref="MailFailure.BlobNotFound"/>.</summary>
    public IReadOnlyList<BlobId>? MissingBlobs { get; init; }

    internal static MailError NotFound { get; } = new(MailFailure.NotFound, "It does not exist.");

    internal static MailError StateMismatch { get; } = new(MailFailure.StateMismatch, "Something changed since: fetch the changes and try again.");

    internal static MailError Forbidden(string description) => new(MailFailure.Forbidden, description);

    internal static MailError Invalid(string property, string description) => new(MailFailure.InvalidProperties, description, [property]);
}

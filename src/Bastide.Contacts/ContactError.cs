namespace Bastide.Contacts;

/// <summary>Why something was refused, in a form every protocol can tell.</summary>
/// <param name="Failure">The kind of refusal.</param>
/// <param name="Description">A sentence that tells what to do.</param>
/// <param name="Properties">The properties at fault, by their JMAP names.</param>
public sealed record ContactError(ContactFailure Failure, string Description, IReadOnlyList<string>? Properties = null)
{
    /// <summary>The card that is there already, with <see cref="ContactFailure.AlreadyExists"/>.</summary>
    public long? ExistingId { get; init; }

    internal static ContactError NotFound { get; } = new(ContactFailure.NotFound, "It does not exist.");

    internal static ContactError StateMismatch { get; } = new(ContactFailure.StateMismatch, "Something changed since: fetch the changes and try again.");

    internal static ContactError WillDestroy { get; } = new(ContactFailure.WillDestroy, "It is destroyed in the same set.");

    internal static ContactError Forbidden(string description) => new(ContactFailure.Forbidden, description);

    internal static ContactError Invalid(string property, string description) => new(ContactFailure.InvalidProperties, description, [property]);

    internal static ContactError Exists(long id) =>
        new(ContactFailure.AlreadyExists, "There is a card of this uid already.", ["uid"]) { ExistingId = id };
}

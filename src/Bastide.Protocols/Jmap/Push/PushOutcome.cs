namespace Bastide.Protocols.Jmap.Push;

/// <summary>What came of a message to a push service.</summary>
/// <param name="Kind">Taken, to be tried again, or never to be tried again.</param>
/// <param name="Reason">A sentence, for the log and the job.</param>
/// <param name="RetryAfter">How long the service asks to be left alone, when it does.</param>
sealed record PushOutcome(PushOutcomeKind Kind, string Reason, TimeSpan? RetryAfter = null);

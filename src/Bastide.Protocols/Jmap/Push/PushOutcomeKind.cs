namespace Bastide.Protocols.Jmap.Push;

/// <summary>How a push service took a message.</summary>
enum PushOutcomeKind
{
    /// <summary>It has it.</summary>
    Accepted,

    /// <summary>Not this time.</summary>
    TryAgain,

    /// <summary>The subscription is no more.</summary>
    Gone,
}

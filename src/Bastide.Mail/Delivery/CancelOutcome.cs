namespace Bastide.Mail.Delivery;

/// <summary>What came of taking a submission back. RFC 8621 §7.5.</summary>
public enum CancelOutcome
{
    /// <summary>It will not be sent.</summary>
    Canceled,

    /// <summary>There is none for the caller.</summary>
    NotFound,

    /// <summary>The caller may see it but not send.</summary>
    Forbidden,

    /// <summary><c>cannotUnsend</c>: it is on its way.</summary>
    CannotUnsend,
}

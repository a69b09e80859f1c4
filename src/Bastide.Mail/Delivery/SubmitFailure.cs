namespace Bastide.Mail.Delivery;

/// <summary>Why a submission was refused; the <c>SetError</c> types of RFC 8621 §7.5 and RFC 8620 §5.3.</summary>
public enum SubmitFailure
{
    /// <summary><c>forbiddenMailFrom</c>: the envelope's sender is not the caller's.</summary>
    ForbiddenMailFrom,

    /// <summary><c>forbiddenFrom</c>: the From field names somebody the caller may not write as.</summary>
    ForbiddenFrom,

    /// <summary><c>forbiddenToSend</c>: the caller may not send from the account.</summary>
    ForbiddenToSend,

    /// <summary><c>noRecipients</c>.</summary>
    NoRecipients,

    /// <summary><c>tooManyRecipients</c>.</summary>
    TooManyRecipients,

    /// <summary><c>invalidRecipients</c>.</summary>
    InvalidRecipients,

    /// <summary><c>tooLarge</c>.</summary>
    TooLarge,

    /// <summary><c>invalidEmail</c>: there is no such message, or it cannot be sent as it is.</summary>
    InvalidEmail,

    /// <summary><c>rateLimit</c>.</summary>
    RateLimit,

    /// <summary><c>invalidProperties</c>: the time to send at is out of range.</summary>
    InvalidSendAt,
}

namespace Bastide.Mail.Smtp;

/// <summary>What a listener is for.</summary>
enum SmtpListenerKind
{
    /// <summary>Mail from other servers to the people here. RFC 5321.</summary>
    Transfer,

    /// <summary>Mail from the people here, with STARTTLS. RFC 6409.</summary>
    Submission,

    /// <summary>The same with TLS from the first octet. RFC 8314 §3.3.</summary>
    Submissions,
}

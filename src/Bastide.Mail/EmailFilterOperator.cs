namespace Bastide.Mail;

/// <summary>How filters are combined (RFC 8620 §5.5).</summary>
public enum EmailFilterOperator
{
    /// <summary>All must match.</summary>
    And,

    /// <summary>One must match.</summary>
    Or,

    /// <summary>None may match.</summary>
    Not,
}

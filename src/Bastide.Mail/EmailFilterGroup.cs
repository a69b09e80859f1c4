namespace Bastide.Mail;

/// <summary>A FilterOperator (RFC 8620 §5.5).</summary>
/// <param name="Operator">How they are combined.</param>
/// <param name="Filters">What is combined.</param>
public sealed record EmailFilterGroup(EmailFilterOperator Operator, IReadOnlyList<EmailFilter> Filters) : EmailFilter;

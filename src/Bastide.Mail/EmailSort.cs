namespace Bastide.Mail;

/// <summary>A Comparator (RFC 8620 §5.5, RFC 8621 §4.4.2).</summary>
/// <param name="Property">What is compared.</param>
/// <param name="IsAscending">Whether the smaller comes first.</param>
/// <param name="Keyword">The keyword, for those properties that ask for one.</param>
public sealed record EmailSort(EmailSortProperty Property, bool IsAscending = true, string? Keyword = null);

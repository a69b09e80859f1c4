namespace Bastide.Contacts;

/// <summary>Which cards are wanted: a condition, or several together (RFC 8620 §5.5).</summary>
public abstract record CardFilter;

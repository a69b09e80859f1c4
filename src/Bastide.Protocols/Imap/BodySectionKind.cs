namespace Bastide.Protocols.Imap;

/// <summary>What of a message or part a <c>section</c> names (RFC 9051 §6.4.5.1).</summary>
public enum BodySectionKind
{
    /// <summary>All of it.</summary>
    Whole,

    /// <summary><c>HEADER</c>.</summary>
    Header,

    /// <summary><c>HEADER.FIELDS</c>.</summary>
    HeaderFields,

    /// <summary><c>HEADER.FIELDS.NOT</c>.</summary>
    HeaderFieldsNot,

    /// <summary><c>TEXT</c>.</summary>
    Text,

    /// <summary><c>MIME</c>.</summary>
    Mime,
}

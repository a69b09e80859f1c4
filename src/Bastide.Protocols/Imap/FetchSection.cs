namespace Bastide.Protocols.Imap;

/// <summary>A data item of FETCH that names a section.</summary>
/// <param name="Section">The section.</param>
/// <param name="Label">What it is called in the answer, without the offset.</param>
/// <param name="Form">In what form it is wanted.</param>
/// <param name="IsPeek">Whether reading it leaves <c>\Seen</c> alone.</param>
/// <param name="Partial">The octets wanted of it: where they begin, and how many at most.</param>
public sealed record FetchSection(BodySection Section, string Label, FetchSectionForm Form, bool IsPeek, (uint Offset, uint Count)? Partial);

using System.Globalization;
using System.Text;

namespace Bastide.Protocols.Imap;

/// <summary>A <c>section</c> (RFC 9051 §6.4.5.1): a part by its numbers, and what of it.</summary>
/// <param name="Part">The numbers; none for the message itself.</param>
/// <param name="Kind">What of it.</param>
/// <param name="Fields">The names of header fields, with <see cref="BodySectionKind.HeaderFields"/> and its opposite.</param>
public sealed record BodySection(IReadOnlyList<uint> Part, BodySectionKind Kind, IReadOnlyList<string> Fields)
{
    const int MostNumbers = 100;

    /// <summary>The whole message.</summary>
    public static BodySection Message { get; } = new([], BodySectionKind.Whole, []);

    /// <summary>The header of the message.</summary>
    public static BodySection MessageHeader { get; } = new([], BodySectionKind.Header, []);

    /// <summary>The text of the message.</summary>
    public static BodySection MessageText { get; } = new([], BodySectionKind.Text, []);

    /// <summary>Reads what stands between the brackets, the brackets included.</summary>
    public static BodySection Parse(ImapArguments arguments)
    {
        arguments.Expect('[');
        var part = Numbers(arguments, out var wantsKind);
        var (kind, fields) = (BodySectionKind.Whole, (IReadOnlyList<string>)[]);
        if (wantsKind && arguments.Peek != ']') (kind, fields) = KindOf(arguments, part.Count > 0);
        arguments.Expect(']');
        return new BodySection(part, kind, fields);
    }

    /// <summary>Reads the part numbers of <c>BINARY</c>, the brackets included (RFC 3516 §4.2).</summary>
    public static BodySection ParseBinary(ImapArguments arguments)
    {
        arguments.Expect('[');
        var part = Numbers(arguments, out var wantsKind);
        if (wantsKind && part.Count > 0) throw new ImapSyntaxException("BINARY takes the numbers of a part alone");
        arguments.Expect(']');
        return new BodySection(part, BodySectionKind.Whole, []);
    }

    /// <summary>As it is named in the answer, the brackets included.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("[");
        text.AppendJoin('.', Part.Select(number => number.ToString(CultureInfo.InvariantCulture)));
        if (Kind != BodySectionKind.Whole)
        {
            if (Part.Count > 0) text.Append('.');
            text.Append(Kind switch
            {
                BodySectionKind.Header => "HEADER",
                BodySectionKind.HeaderFields => "HEADER.FIELDS",
                BodySectionKind.HeaderFieldsNot => "HEADER.FIELDS.NOT",
                BodySectionKind.Text => "TEXT",
                _ => "MIME",
            });
            if (Fields.Count > 0) text.Append(" (").AppendJoin(' ', Fields.Select(Written)).Append(')');
        }

        return text.Append(']').ToString();
    }

    static string Written(string field) =>
        field.All(c => c is > ' ' and < '\x7f' and not ('(' or ')' or '{' or '%' or '*' or '"' or '\\' or ']')) ? field : $"\"{field.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    static List<uint> Numbers(ImapArguments arguments, out bool wantsKind)
    {
        var part = new List<uint>();
        wantsKind = true;
        while (arguments.Peek is >= '0' and <= '9')
        {
            if (part.Count == MostNumbers) throw new ImapSyntaxException("No part lies so deep");
            part.Add(arguments.NonZeroNumber());
            wantsKind = arguments.TryTake('.');
            if (!wantsKind) break;
        }

        return part;
    }

    static (BodySectionKind Kind, IReadOnlyList<string> Fields) KindOf(ImapArguments arguments, bool ofPart)
    {
        switch (arguments.Keyword())
        {
            case "HEADER":
                return (BodySectionKind.Header, []);
            case "TEXT":
                return (BodySectionKind.Text, []);
            case "MIME" when ofPart:
                return (BodySectionKind.Mime, []);
            case "HEADER.FIELDS":
                return (BodySectionKind.HeaderFields, FieldNames(arguments));
            case "HEADER.FIELDS.NOT":
                return (BodySectionKind.HeaderFieldsNot, FieldNames(arguments));
            default:
                throw new ImapSyntaxException("A section is HEADER, HEADER.FIELDS, HEADER.FIELDS.NOT, TEXT, or of a part MIME");
        }
    }

    static List<string> FieldNames(ImapArguments arguments)
    {
        arguments.Space();
        var names = arguments.ListOf(static one => one.AString());
        if (names.Count == 0 || names.Exists(name => name.AsSpan().IndexOfAnyExceptInRange('!', '~') >= 0 || name.Length == 0)) throw new ImapSyntaxException("The names of header fields are missing");
        return names;
    }
}

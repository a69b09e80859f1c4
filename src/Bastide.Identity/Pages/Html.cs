using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;

namespace Bastide.Identity.Pages;

/// <summary>
/// Text that is HTML already. Made from interpolated strings only: what stands in the source is HTML, every value put
/// into it is encoded unless it is <see cref="Html"/> itself. Attribute values are always quoted in our templates.
/// </summary>
readonly record struct Html(string? Text)
{
    public static readonly Html Empty = new("");

    /// <summary>HTML from an interpolated string.</summary>
    public static Html Of(Writer writer) => new(writer.Done());

    /// <summary>The first when the condition holds, nothing otherwise.</summary>
    public static Html If(bool condition, Func<Html> part) => condition ? part() : Empty;

    public override string ToString() => Text ?? "";

    /// <summary>Gathers the parts of an interpolated string.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Writer
    {
        readonly StringBuilder _text;

        public Writer(int literalLength, int formattedCount) => _text = new StringBuilder(literalLength + (formattedCount * 32));

        public void AppendLiteral(string text) => _text.Append(text);

        public void AppendFormatted(Html part) => _text.Append(part.Text);

        public void AppendFormatted(string? text) => _text.Append(HtmlEncoder.Default.Encode(text ?? ""));

        public void AppendFormatted(long number) => _text.Append(number.ToString(CultureInfo.InvariantCulture));

        public void AppendFormatted(IEnumerable<Html> parts)
        {
            foreach (var part in parts) _text.Append(part.Text);
        }

        public string Done() => _text.ToString();
    }
}

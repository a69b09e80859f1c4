using System.Text;

namespace Bastide.Protocols.VCard;

/// <summary>
/// The values of 2.1 as those of 3.0: there only a semicolon is escaped, a comma is itself where no list is, and a backslash
/// is one unless a program already wrote as 3.0 does.
/// </summary>
static class OldValues
{
    static readonly string[] Lists = ["CATEGORIES", "NICKNAME"];

    public static CardProperty Escape(CardProperty property)
    {
        if (property.First("ENCODING") is not null || property.Is("AGENT") || property.Value.AsSpan().IndexOfAny("\\,\r\n") < 0) return property;
        var isList = Lists.Any(property.Is);
        var value = new StringBuilder(property.Value.Length + 16);
        for (var i = 0; i < property.Value.Length; i++)
        {
            var c = property.Value[i];
            var next = i + 1 < property.Value.Length ? property.Value[i + 1] : '\0';
            if (c == '\\' && next is '\\' or ',' or ';' or 'n' or 'N')
            {
                value.Append(c).Append(next);
                i++;
            }
            else if (c == '\\' || (c == ',' && !isList))
            {
                value.Append('\\').Append(c);
            }
            else if (c is not ('\r' or '\n'))
            {
                value.Append(c);
            }
        }

        return property with { Value = value.ToString() };
    }
}

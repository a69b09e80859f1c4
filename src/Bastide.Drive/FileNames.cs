using System.Text;
using System.Xml;

namespace Bastide.Drive;

/// <summary>What a file or folder can be called.</summary>
public static class FileNames
{
    /// <summary>The longest name, in octets of UTF-8: what the file systems of people's machines take.</summary>
    public const int MostOctets = 255;

    /// <summary>
    /// The name as it is kept, in Unicode's form C: a Mac writes é as two characters, and it is the same file. Null when it is no
    /// name: empty, a step in a path, too long, or not writable in XML.
    /// </summary>
    public static string? Of(string said)
    {
        if (said is "" or "." or ".." || said.AsSpan().ContainsAny('/', '\0') || !IsText(said)) return null;
        var name = said.Normalize(NormalizationForm.FormC);
        return Encoding.UTF8.GetByteCount(name) <= MostOctets ? name : null;
    }

    /// <summary>The name with something before its ending, shortened where it would be too long: <c>a (2).txt</c>.</summary>
    public static string With(string name, string added)
    {
        var dot = name.LastIndexOf('.');
        var (stem, ending) = dot > 0 && name.Length - dot <= 16 ? (name[..dot], name[dot..]) : (name, "");
        while (Encoding.UTF8.GetByteCount(stem) + Encoding.UTF8.GetByteCount(added) + Encoding.UTF8.GetByteCount(ending) > MostOctets)
            stem = stem[..^(stem.Length > 1 && char.IsLowSurrogate(stem[^1]) ? 2 : 1)];
        return stem + added + ending;
    }

    static bool IsText(string name)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsControl(name[i])) return false;
            if (XmlConvert.IsXmlChar(name[i])) continue;
            if (i + 1 == name.Length || !XmlConvert.IsXmlSurrogatePair(name[i + 1], name[i])) return false;
            i++;
        }

        return true;
    }
}

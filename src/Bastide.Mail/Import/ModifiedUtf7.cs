using System.Text;

namespace Bastide.Mail.Import;

/// <summary>Names of folders as IMAP4rev1 servers write them to the disk (RFC 3501 §5.1.3).</summary>
static class ModifiedUtf7
{
    /// <summary>The name; what is not well-formed stays as it is.</summary>
    public static string Decode(string name)
    {
        if (!name.Contains('&', StringComparison.Ordinal)) return name;
        var decoded = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var end = name[i] == '&' ? name.IndexOf('-', i) : -1;
            if (end < 0)
            {
                decoded.Append(name[i]);
                continue;
            }

            if (!TryDecode(name[(i + 1)..end], decoded)) return name;
            i = end;
        }

        return decoded.ToString();
    }

    static bool TryDecode(string encoded, StringBuilder to)
    {
        if (encoded.Length == 0)
        {
            to.Append('&');
            return true;
        }

        var base64 = encoded.Replace(',', '/');
        var octets = new byte[base64.Length];
        if (!Convert.TryFromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '='), octets, out var count) || count % 2 != 0) return false;
        to.Append(Encoding.BigEndianUnicode.GetString(octets, 0, count));
        return true;
    }
}

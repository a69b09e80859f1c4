using System.Text;

namespace Bastide.Protocols.Imap;

/// <summary>Names of mailboxes as IMAP4rev1 writes them (RFC 3501 §5.1.3).</summary>
public static class ModifiedUtf7
{
    /// <summary>The name; what is not well-formed stays as it is.</summary>
    public static string Decode(string name)
    {
        if (!name.Contains('&', StringComparison.Ordinal)) return name;
        var decoded = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] != '&')
            {
                decoded.Append(name[i]);
                continue;
            }

            var end = name.IndexOf('-', i);
            // Nothing that follows ends either.
            if (end < 0) return decoded.Append(name, i, name.Length - i).ToString();
            if (!TryDecode(name[(i + 1)..end], decoded)) return name;
            i = end;
        }

        return decoded.ToString();
    }

    /// <summary>The name in printable ASCII.</summary>
    public static string Encode(string name)
    {
        if (name.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0 && !name.Contains('&', StringComparison.Ordinal)) return name;
        var encoded = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] is >= ' ' and <= '~')
            {
                encoded.Append(name[i] == '&' ? "&-" : name[i].ToString());
                continue;
            }

            var end = i;
            while (end < name.Length && name[end] is < ' ' or > '~') end++;
            var base64 = Convert.ToBase64String(Encoding.BigEndianUnicode.GetBytes(name[i..end]));
            encoded.Append('&').Append(base64.TrimEnd('=').Replace('/', ',')).Append('-');
            i = end - 1;
        }

        return encoded.ToString();
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

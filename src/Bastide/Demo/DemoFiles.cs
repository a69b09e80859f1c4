using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;

namespace Bastide.Demo;

/// <summary>Makes the attachments of the demo workplace, small and real: PDF, PNG and CSV files that open.</summary>
static class DemoFiles
{
    /// <summary>The content of a file, by its name's ending.</summary>
    public static (byte[] Content, string Type) Make(string name, string title) => Path.GetExtension(name) switch
    {
        ".pdf" => (Pdf(title, name), "application/pdf"),
        ".png" => (Png(name), "image/png"),
        ".csv" => (Encoding.UTF8.GetBytes("Chapitre;2026;2027\r\nÉcoles;412000;455000\r\nVoirie;630000;598000\r\nCulture;187000;192500\r\nSports;143000;151000\r\n"), "text/csv"),
        _ => throw new ArgumentException($"No demo file ends like {name}."),
    };

    /// <summary>One page with a title, rules and lines of text; WinAnsi, so Latin letters only.</summary>
    static byte[] Pdf(string title, string name)
    {
        var content = new StringBuilder();
        content.Append("0.12 0.23 0.37 rg 0 780 595 62 re f 1 1 1 rg BT /F1 20 Tf 48 802 Td (").Append(Escape(title)).Append(") Tj ET ");
        content.Append("0.25 0.25 0.28 rg BT /F1 11 Tf 48 748 Td (").Append(Escape(name)).Append(") Tj ET ");
        for (var line = 0; line < 24; line++)
        {
            var width = 380 + (line * 37 % 110);
            content.Append(CultureInfo.InvariantCulture, $"0.88 0.89 0.92 rg 48 {710 - (line * 26)} {width} 9 re f ");
        }

        var stream = Encoding.Latin1.GetBytes(content.ToString());
        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >> >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        ];
        using var pdf = new MemoryStream();
        var offsets = new List<long>();
        void Write(string text) => pdf.Write(Encoding.Latin1.GetBytes(text));
        Write("%PDF-1.4\n");
        for (var i = 0; i < objects.Length; i++)
        {
            offsets.Add(pdf.Position);
            Write(string.Create(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n"));
        }

        offsets.Add(pdf.Position);
        Write(string.Create(CultureInfo.InvariantCulture, $"5 0 obj\n<< /Length {stream.Length} >>\nstream\n"));
        pdf.Write(stream);
        Write("\nendstream\nendobj\n");
        var table = pdf.Position;
        Write("xref\n0 6\n0000000000 65535 f \n");
        foreach (var offset in offsets) Write(offset.ToString("D10", CultureInfo.InvariantCulture) + " 00000 n \n");
        Write(string.Create(CultureInfo.InvariantCulture, $"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n"));
        return pdf.ToArray();
    }

    static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("(", "\\(", StringComparison.Ordinal).Replace(")", "\\)", StringComparison.Ordinal);

    /// <summary>A little landscape, another one for each name.</summary>
    static byte[] Png(string name)
    {
        const int width = 960, height = 640;
        var seed = name.Sum(c => c) % 7;
        var rows = new byte[(width * 3 + 1) * height];
        for (var y = 0; y < height; y++)
        {
            var row = y * (width * 3 + 1);
            for (var x = 0; x < width; x++)
            {
                var hill = height * 0.62 + Math.Sin((x + seed * 90) / 130.0) * 42 + Math.Sin(x / 47.0 + seed) * 12;
                var near = height * 0.80 + Math.Sin((x + seed * 50) / 80.0) * 26;
                var sun = Math.Sqrt(Math.Pow(x - (200 + seed * 80), 2) + Math.Pow(y - 150, 2)) < 54;
                var (r, g, b) = y > near ? (86, 134, 76) : y > hill ? (126, 168, 104) : sun ? (255, 221, 128) : (150 + y / 8, 196 + y / 14, 235);
                rows[row + 1 + x * 3] = (byte)r;
                rows[row + 2 + x * 3] = (byte)Math.Min(g, 255);
                rows[row + 3 + x * 3] = (byte)b;
            }
        }

        using var png = new MemoryStream();
        png.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        header[9] = 2;
        Chunk(png, "IHDR", header);
        using (var packed = new MemoryStream())
        {
            using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) zlib.Write(rows);
            Chunk(png, "IDAT", packed.ToArray());
        }

        Chunk(png, "IEND", []);
        return png.ToArray();
    }

    static void Chunk(MemoryStream png, string type, byte[] data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        png.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.HashToUInt32(body));
        png.Write(number);
    }
}

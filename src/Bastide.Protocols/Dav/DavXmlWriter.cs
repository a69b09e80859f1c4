using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Unicode;
using System.Xml.Linq;

namespace Bastide.Protocols.Dav;

/// <summary>
/// Writes XML as UTF-8 straight towards the response. Namespaces that the engine and the modules know have their prefixes
/// declared once, at the root; others are declared where they stand. <c>XmlWriter</c> keeps track of much that cannot
/// happen here and takes several times as long for a long multistatus. Disposed, it gives back its buffer.
/// </summary>
public sealed class DavXmlWriter : IDisposable
{
    const int FlushAt = 32 * 1024;
    static readonly SearchValues<char> Special = SearchValues.Create([.. "&<>\"\r\uFFFE\uFFFF", .. Enumerable.Range(0, 32).Where(c => c is not '\t' and not '\n' and not '\r').Select(c => (char)c)]);
    static readonly SearchValues<byte> SpecialOctets = SearchValues.Create([.. "&<>\"\r"u8, .. Enumerable.Range(0, 32).Where(c => c is not '\t' and not '\n' and not '\r').Select(c => (byte)c)]);
    readonly PipeWriter _output;
    readonly DavNamespaces _namespaces;
    readonly Stack<XName> _open = new();
    byte[] _buffer = ArrayPool<byte>.Shared.Rent(2 * FlushAt);
    int _length;

    internal DavXmlWriter(PipeWriter output, DavNamespaces namespaces)
    {
        _output = output;
        _namespaces = namespaces;
    }

    /// <summary>Begins an element; <see cref="End"/> ends it.</summary>
    public void Start(XName name) => Start(name, [], [], isEmpty: false);

    /// <summary>Begins an element with an attribute of no namespace.</summary>
    public void Start(XName name, string attribute, string value) => Start(name, attribute, value, isEmpty: false);

    /// <summary>Ends the element begun last.</summary>
    public void End()
    {
        var name = _open.Pop();
        Raw("</"u8);
        Name(name);
        Raw(">"u8);
    }

    /// <summary>An element that holds nothing.</summary>
    public void Empty(XName name) => Start(name, [], [], isEmpty: true);

    /// <summary>An element that holds nothing but an attribute of no namespace.</summary>
    public void Empty(XName name, string attribute, string value) => Start(name, attribute, value, isEmpty: true);

    /// <summary>An element that holds a text.</summary>
    public void Element(XName name, string text)
    {
        Start(name);
        Text(text);
        End();
    }

    /// <summary>A <c>DAV:href</c> with an address that is percent-encoded already.</summary>
    public void Href(string address)
    {
        Raw("<D:href>"u8);
        Text(address);
        Raw("</D:href>"u8);
    }

    /// <summary>A text; what XML cannot hold becomes U+FFFD, and CR a reference, so that it survives.</summary>
    public void Text(ReadOnlySpan<char> text)
    {
        while (text.IndexOfAny(Special) is var at and >= 0)
        {
            Encode(text[..at]);
            Escape(text[at]);
            text = text[(at + 1)..];
        }

        Encode(text);
    }

    /// <summary>A text that is UTF-8 already.</summary>
    public void Text(ReadOnlySpan<byte> text)
    {
        if (!Utf8.IsValid(text) || text.IndexOf("\uFFFE"u8) >= 0 || text.IndexOf("\uFFFF"u8) >= 0)
        {
            Text(Encoding.UTF8.GetString(text));
            return;
        }

        while (text.IndexOfAny(SpecialOctets) is var at and >= 0)
        {
            Raw(text[..at]);
            Escape((char)text[at]);
            text = text[(at + 1)..];
        }

        Raw(text);
    }

    /// <summary>An element that is well-formed by itself, as it is.</summary>
    public void Xml(string xml) => Encode(xml);

    /// <summary>The same, from a tree.</summary>
    public void Xml(XElement element) => Encode(element.ToString(SaveOptions.DisableFormatting));

    /// <summary>Octets of XML as they are.</summary>
    internal void Raw(ReadOnlySpan<byte> octets)
    {
        octets.CopyTo(Room(octets.Length));
        _length += octets.Length;
    }

    /// <summary>Begins the document: its declaration, and the root with the prefixes of all known namespaces.</summary>
    internal void Begin(XName root)
    {
        Raw("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<"u8);
        _open.Push(root);
        Name(root);
        Raw(_namespaces.Declarations);
        Raw(">"u8);
    }

    /// <summary>Where the text has come to since the last flush, for <see cref="Rewind"/>.</summary>
    internal int Position => _length;

    /// <summary>Takes back what was written after a position.</summary>
    internal void Rewind(int position) => _length = position;

    /// <summary>Sends on what was written, once it is worth it; waits while the client does not take it.</summary>
    internal ValueTask FlushSome(CancellationToken cancellation) => _length < FlushAt ? default : Flush(cancellation);

    /// <summary>Sends on what was written.</summary>
    internal async ValueTask Flush(CancellationToken cancellation)
    {
        await _output.WriteAsync(_buffer.AsMemory(0, _length), cancellation);
        _length = 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_buffer.Length == 0) return;
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    void Start(XName name, ReadOnlySpan<char> attribute, ReadOnlySpan<char> value, bool isEmpty)
    {
        Raw("<"u8);
        Name(name);
        if (_namespaces.PrefixOf(name.Namespace) is null && name.NamespaceName.Length > 0)
        {
            Raw(" xmlns:x=\""u8);
            Text(name.NamespaceName);
            Raw("\""u8);
        }

        if (attribute.Length > 0)
        {
            Raw(" "u8);
            Encode(attribute);
            Raw("=\""u8);
            Text(value);
            Raw("\""u8);
        }

        if (isEmpty)
        {
            Raw("/>"u8);
            return;
        }

        Raw(">"u8);
        _open.Push(name);
    }

    void Name(XName name)
    {
        // The namespace known best first: nearly every element is of it.
        if (ReferenceEquals(name.Namespace, DavNames.Dav)) Raw("D:"u8);
        else if (_namespaces.PrefixOf(name.Namespace) is { } prefix) Raw(prefix);
        else if (name.NamespaceName.Length > 0) Raw("x:"u8);
        Encode(name.LocalName);
    }

    void Encode(ReadOnlySpan<char> text)
    {
        // Counting a long text costs less than room for three times as much.
        var most = text.Length < 1024 ? Encoding.UTF8.GetMaxByteCount(text.Length) : Encoding.UTF8.GetByteCount(text);
        _length += Encoding.UTF8.GetBytes(text, Room(most));
    }

    void Escape(char special) => Raw(special switch
    {
        '&' => "&amp;"u8,
        '<' => "&lt;"u8,
        '>' => "&gt;"u8,
        '"' => "&quot;"u8,
        '\r' => "&#13;"u8,
        _ => "\uFFFD"u8,
    });

    Span<byte> Room(int count)
    {
        if (_buffer.Length - _length >= count) return _buffer.AsSpan(_length);
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + count));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
        return _buffer.AsSpan(_length);
    }
}

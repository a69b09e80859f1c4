using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace Bastide.Protocols.Dav.Xml;

/// <summary>
/// Reads the XML body of a request: no DTD, no entities but those of XML itself, and no more octets, elements, attributes
/// and depth than the limits say. It is refused as soon as it is too much, with nothing kept.
/// </summary>
static class XmlBody
{
    static readonly XmlReaderSettings Settings = new()
    {
        Async = true,
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CloseInput = false,
    };

    /// <summary>The root; null when there is no body.</summary>
    public static async ValueTask<XElement?> Read(HttpRequest request, DavLimits limits, CancellationToken cancellation)
    {
        if (request.ContentLength == 0) return null;
        if (request.ContentLength > limits.XmlOctets) throw TooLarge(limits);
        var bounded = new BoundedStream(request.Body, limits.XmlOctets);
        try
        {
            using var reader = XmlReader.Create(bounded, Settings);
            return await Read(reader, limits, cancellation);
        }
        catch (XmlException) when (bounded.IsEmpty)
        {
            return null;
        }
        catch (XmlException exception)
        {
            if (bounded.IsExceeded) throw TooLarge(limits);
            throw new DavException(DavError.BadRequest($"The body is not XML: {exception.Message}"));
        }
    }

    static async ValueTask<XElement?> Read(XmlReader reader, DavLimits limits, CancellationToken cancellation)
    {
        XElement? root = null;
        XElement? open = null;
        var elements = 0;
        while (await reader.ReadAsync())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    if (++elements > limits.XmlElements || reader.Depth >= limits.XmlDepth || reader.AttributeCount > limits.XmlAttributes)
                        throw new DavException(DavError.BadRequest("The body has more elements, attributes or levels than are taken."));
                    var isEmpty = reader.IsEmptyElement;
                    var element = ElementOf(reader);
                    if (open is null) root = element;
                    else open.Add(element);
                    if (!isEmpty) open = element;
                    break;
                case XmlNodeType.EndElement:
                    open = open!.Parent;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace when open is not null:
                    open.Add(new XText(await reader.GetValueAsync()));
                    break;
            }

            cancellation.ThrowIfCancellationRequested();
        }

        return root;
    }

    static XElement ElementOf(XmlReader reader)
    {
        var element = new XElement(XName.Get(reader.LocalName, reader.NamespaceURI));
        if (!reader.MoveToFirstAttribute()) return element;
        do
        {
            // What declares the default namespace has no namespace itself in XLinq.
            var name = reader is { Prefix: "", LocalName: "xmlns" } ? XName.Get("xmlns") : XName.Get(reader.LocalName, reader.NamespaceURI);
            element.Add(new XAttribute(name, reader.Value));
        }
        while (reader.MoveToNextAttribute());
        reader.MoveToElement();
        return element;
    }

    static DavException TooLarge(DavLimits limits) =>
        new(new DavError(StatusCodes.Status413PayloadTooLarge, Text: $"A body of XML has at most {limits.XmlOctets} octets."));

    /// <summary>At most so many octets of another stream; then it fails.</summary>
    sealed class BoundedStream(Stream inner, long most) : Stream
    {
        long _read;

        public bool IsEmpty => _read == 0;

        public bool IsExceeded => _read > most;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => _read; set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = await inner.ReadAsync(buffer, cancellationToken);
            _read += count;
            if (_read > most) throw new XmlException("There is too much of it.");
            return count;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

using System.Xml.Linq;

namespace Bastide.Protocols.Dav;

/// <summary>A property that a client set and nobody but clients understands (RFC 4918 §4.1).</summary>
/// <param name="Name">Its name.</param>
/// <param name="Xml">The element whole, well-formed by itself, as <see cref="DavPropertyChange.Xml"/> gave it.</param>
public sealed record DavDeadProperty(XName Name, string Xml);

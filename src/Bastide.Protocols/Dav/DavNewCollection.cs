using System.Xml.Linq;

namespace Bastide.Protocols.Dav;

/// <summary>A collection to be made (RFC 4918 §9.3, RFC 5689 §3).</summary>
/// <param name="ResourceTypes">What it shall be beside a collection: <c>CALDAV:calendar</c>; empty for a plain one.</param>
/// <param name="Properties">What it begins with; set with it or not at all.</param>
public sealed record DavNewCollection(IReadOnlyList<XName> ResourceTypes, IReadOnlyList<DavPropertyChange> Properties);

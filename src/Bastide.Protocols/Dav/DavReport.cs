using System.Xml.Linq;

namespace Bastide.Protocols.Dav;

/// <summary>One report (RFC 3253 §3.6): reads the body of the request and answers it about a node.</summary>
public delegate ValueTask DavReport(DavCall call, DavNode node, XElement body);

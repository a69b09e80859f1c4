namespace Bastide.Protocols.Dav.Verbs;

/// <summary><c>GET</c>: the content of a node, or the range of it that is asked for. RFC 9110 §9.3.1, §14; RFC 4918 §9.4.</summary>
static class Get
{
    public static ValueTask Handle(DavCall call) => Content.Answer(call, withBody: true);
}

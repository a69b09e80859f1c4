namespace Bastide.Protocols.Dav.Verbs;

/// <summary><c>HEAD</c>: the headers that <c>GET</c> would answer. RFC 9110 §9.3.2.</summary>
static class Head
{
    public static ValueTask Handle(DavCall call) => Content.Answer(call, withBody: false);
}

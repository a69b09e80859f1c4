using System.Xml.Linq;
using Bastide.Protocols.Dav.Xml;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Bastide.Protocols.Dav;

/// <summary>
/// A <c>207 Multi-Status</c> under way (RFC 4918 §13): nodes are written as they come and sent on as the client takes
/// them, so that its length costs no memory. Dispose it.
/// </summary>
public sealed class DavMultistatus : IDisposable
{
    static readonly XName Response = DavNames.Of("response");
    static readonly XName Status = DavNames.Of("status");
    readonly DavCall _call;
    readonly DavXmlWriter _xml;
    readonly PropertyPage _properties;

    internal DavMultistatus(DavCall call, DavWanted wanted)
    {
        _call = call;
        _xml = new DavXmlWriter(call.Http.Response.BodyWriter, call.Table.Namespaces);
        _properties = new PropertyPage(call, wanted);
        call.Http.Response.StatusCode = StatusCodes.Status207MultiStatus;
        call.Http.Response.ContentType = "application/xml; charset=utf-8";
        if (call.Prefer.IsMinimal) call.Http.Response.Headers["Preference-Applied"] = "return=minimal";
        _xml.Begin(DavNames.Of("multistatus"));
    }

    /// <summary>Writes what is wanted of a page of nodes.</summary>
    public async ValueTask Write(IReadOnlyList<DavNode> nodes)
    {
        await _properties.Load(nodes);
        foreach (var node in nodes)
        {
            _xml.Start(Response);
            _xml.Href(node.Href);
            _properties.Write(_xml, node);
            _xml.End();
            await _xml.FlushSome(_call.Cancellation);
        }
    }

    /// <summary>Writes that something went wrong, or is gone, at an address (RFC 4918 §14.24).</summary>
    public async ValueTask Write(string href, DavError error)
    {
        _xml.Start(Response);
        _xml.Href(href);
        WriteStatus(_xml, error.Status);
        ErrorBody.WriteElement(_xml, error);
        _xml.End();
        await _xml.FlushSome(_call.Cancellation);
    }

    /// <summary>Ends it. With a token the client can ask from there next time (RFC 6578 §6.2).</summary>
    public async ValueTask End(string? syncToken = null)
    {
        if (syncToken is not null) _xml.Element(DavNames.Of("sync-token"), syncToken);
        _xml.End();
        await _xml.Flush(_call.Cancellation);
    }

    /// <inheritdoc/>
    public void Dispose() => _xml.Dispose();

    internal DavXmlWriter Xml => _xml;

    internal static void WriteStatus(DavXmlWriter xml, int status) => xml.Element(Status, $"HTTP/1.1 {status} {ReasonPhrases.GetReasonPhrase(status)}");
}

using System.Xml.Linq;
using Bastide.Platform.Accounts;
using Bastide.Protocols.Dav.Principals;
using Bastide.Protocols.Dav.Xml;
using Microsoft.AspNetCore.Http;

namespace Bastide.Protocols.Dav;

/// <summary>One request: who asks, about what, and how it is answered.</summary>
public sealed class DavCall
{
    readonly DavEngine _engine;
    DavNode? _target;
    bool _isTargetFound;

    internal DavCall(DavEngine engine, HttpContext http, Caller caller, DavPath mount, DavPath path)
    {
        _engine = engine;
        Http = http;
        Caller = caller;
        Mount = mount;
        Path = path;
    }

    /// <summary>The request and its response.</summary>
    public HttpContext Http { get; }

    /// <summary>Who asks.</summary>
    public Caller Caller { get; }

    /// <summary>Where all trees begin: <c>/dav</c>.</summary>
    public DavPath Mount { get; }

    /// <summary>What the request is about.</summary>
    public DavPath Path { get; }

    /// <summary>Ends when the client goes away.</summary>
    public CancellationToken Cancellation => Http.RequestAborted;

    internal DavEngine Engine => _engine;

    internal DavTable Table => _engine.Table;

    /// <summary>What the client would rather have (RFC 7240, RFC 8144).</summary>
    internal Headers.Prefer Prefer => field ??= Headers.Prefer.Parse(Http.Request.Headers["Prefer"]);

    /// <summary>The node that the request is about, without properties of clients; null where there is none for the caller.</summary>
    public async ValueTask<DavNode?> Target()
    {
        if (_isTargetFound) return _target;
        _target = await Find(Path, DavWanted.None);
        _isTargetFound = true;
        return _target;
    }

    /// <summary>Whether what is here, or could be made here, can be locked.</summary>
    internal async ValueTask<bool> IsLockable() =>
        (await Target() ?? (Path.Parent is { } parent ? await Find(parent, DavWanted.None) : null)) is { IsLockable: true };

    /// <summary>The node at a path; null where there is none for the caller.</summary>
    public ValueTask<DavNode?> Find(DavPath path, DavWanted wanted) => _engine.Tree.Find(this, path, wanted);

    /// <summary>
    /// The path that an address leads to, as it stands in a header or a document: absolute with this host, or beginning with a
    /// slash. Null where it leads out of the tree.
    /// </summary>
    public DavPath? Resolve(string address) => _engine.Resolve(this, address);

    /// <summary>The address of the principal of an account.</summary>
    public string PrincipalHref(string address) => Mount.Child(PrincipalTree.Name).Child(address).Href + "/";

    /// <summary>The address of an account's tree: of <c>calendars</c>.</summary>
    public string HomeHref(string name, string address) => Mount.Child(name).Child(address).Href + "/";

    /// <summary>
    /// The body as XML, within the bounds of the engine; null when there is none. Throws <see cref="DavException"/> when it
    /// cannot be read.
    /// </summary>
    public ValueTask<XElement?> ReadXml() => XmlBody.Read(Http.Request, _engine.Limits, Cancellation);

    /// <summary>The properties that a <c>DAV:prop</c>, <c>DAV:allprop</c> or <c>DAV:propname</c> within the element asks for.</summary>
    public DavWanted Wanted(XElement body) => _engine.Wanted(body);

    /// <summary>Answers a status without a body.</summary>
    public ValueTask Answer(int status)
    {
        Http.Response.StatusCode = status;
        return default;
    }

    /// <summary>Answers an error, with the <c>DAV:error</c> element where it has a condition.</summary>
    public ValueTask Answer(DavError error) => ErrorBody.Write(this, error);

    /// <summary>Answers that the method is not allowed here, or that there is nothing here.</summary>
    internal async ValueTask AnswerNotAllowed()
    {
        var node = await Target();
        if (node is not null) Http.Response.Headers.Allow = string.Join(", ", Table.Verbs(node));
        await Answer(node is null ? DavError.NotFound : DavError.MethodNotAllowed);
    }

    /// <summary>Begins a <c>207 Multi-Status</c> that tells these properties of nodes, as they come.</summary>
    public DavMultistatus BeginMultistatus(DavWanted wanted) => new(this, wanted);
}

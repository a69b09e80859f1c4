using System.Xml.Linq;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;
using Bastide.Protocols.Dav.Headers;
using Bastide.Protocols.Dav.Locks;
using Bastide.Protocols.Dav.Principals;
using Bastide.Protocols.Dav.Verbs;
using Bastide.Protocols.Dav.Xml;
using Microsoft.AspNetCore.Http;

namespace Bastide.Protocols.Dav;

/// <summary>One request: who asks, about what, and how it is answered.</summary>
public sealed class DavCall
{
    readonly DavEngine _engine;
    DavNode? _target;
    bool _isTargetFound;
    IfHeader? _if;
    bool _isIfRead;
    HashSet<string>? _submitted;
    DavCollection? _passed;

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
    internal Prefer Prefer => field ??= Prefer.Of(Http.Request);

    /// <summary>The <c>If</c> header, or null. Throws <see cref="DavException"/> when it cannot be read.</summary>
    internal IfHeader? If
    {
        get
        {
            if (!_isIfRead) _if = IfHeader.Parse(Http.Request.Headers["If"]);
            _isIfRead = true;
            return _if;
        }
    }

    /// <summary>The tokens of locks that the request knows.</summary>
    internal IReadOnlySet<string> SubmittedTokens => _submitted ??= If?.Tokens.ToHashSet() ?? [];

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
    public ValueTask<DavNode?> Find(DavPath path, DavWanted wanted) =>
        _passed is { } passed && ReferenceEquals(wanted, DavWanted.None) && passed.Path.Equals(path) ? new(passed) : _engine.Tree.Find(this, path, wanted);

    /// <summary>Tells of a collection that was found on the way to what is in it: the request asks for it next, where it makes something in it.</summary>
    public void Pass(DavCollection collection) => _passed = collection;

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

    /// <summary>
    /// Checks the conditions of the request and the locks in the way of a change to a node it is about. Throws
    /// <see cref="DavException"/> when one stands against it; what is answered goes to the operation.
    /// </summary>
    public async ValueTask<DavGuard> Guard(DavNode node, DavReach reach)
    {
        if (await Conditions.Check(this, node, isRead: false) is { } failed) throw new DavException(failed);
        var etag = Conditions.IsConditional(Http.Request) ? node.ETag : null;
        return new DavGuard(etag, false, node.IsLockable && LockPlace.Of(node) is { } place ? await LockCheck(place, reach) : null);
    }

    /// <summary>The same for a node that is to be made at the address of the request.</summary>
    public async ValueTask<DavGuard> GuardNew(DavCollection parent, string name)
    {
        if (await Conditions.Check(this, null, isRead: false) is { } failed) throw new DavException(failed);
        return new DavGuard(null, Conditions.IsConditional(Http.Request), await LockCheckNew(parent, name));
    }

    /// <summary>Checks the locks in the way of a change to what a request names beside its own address.</summary>
    internal async ValueTask<DavGuard> GuardDestination(DavCollection parent, string name, DavNode? replaced) =>
        new(null, false, replaced is null ? await LockCheckNew(parent, name) : replaced.IsLockable && LockPlace.Of(replaced) is { } place ? await LockCheck(place, DavReach.Branch) : null);

    async ValueTask<Func<ReadScope, ValueTask<DavError?>>?> LockCheckNew(DavCollection parent, string name) =>
        parent.IsLockable && parent.Home is { } home ? await LockCheck(LockPlace.Of(home, parent.Path.Child(name)), DavReach.NewMember) : null;

    async ValueTask<Func<ReadScope, ValueTask<DavError?>>> LockCheck(LockPlace place, DavReach reach)
    {
        ValueTask<DavError?> Check(ReadScope scope) => _engine.Locks.Check(scope, this, place, reach);
        if (await _engine.Database.Read(Check, Cancellation) is { } locked) throw new DavException(locked);
        return Check;
    }

    /// <summary>Answers a status without a body.</summary>
    public ValueTask Answer(int status)
    {
        Http.Response.StatusCode = status;
        return default;
    }

    /// <summary>Answers a document of XML with this root.</summary>
    public async ValueTask AnswerXml(int status, XName root, Action<DavXmlWriter> write)
    {
        Http.Response.StatusCode = status;
        Http.Response.ContentType = "application/xml; charset=utf-8";
        using var xml = new DavXmlWriter(Http.Response.BodyWriter, Table.Namespaces);
        xml.Begin(root);
        write(xml);
        xml.End();
        await xml.Flush(Cancellation);
    }

    /// <summary>Answers an error, with the <c>DAV:error</c> element where it has a condition.</summary>
    public ValueTask Answer(DavError error) => ErrorBody.Write(this, error);

    /// <summary>
    /// Makes a collection at the address of the request, as <c>MKCOL</c> and its like do: of these types beside
    /// <c>DAV:collection</c>, with the properties that <c>DAV:set</c> elements within the body name. A refusal is told in an
    /// element named <paramref name="refused"/>.
    /// </summary>
    public ValueTask MakeCollection(XElement? body, IReadOnlyList<XName> types, XName refused) =>
        MakeCollection(PropertyUpdate.Read(this, body ?? new XElement(refused)), types, refused);

    internal async ValueTask MakeCollection(PropertyUpdate update, IReadOnlyList<XName> types, XName refused)
    {
        if (await Target() is not null)
        {
            await AnswerNotAllowed();
            return;
        }

        if (Path.Parent is not { } above || await Find(above, DavWanted.None) is not DavCollection parent)
        {
            await Answer(DavError.Conflict);
            return;
        }

        update.CheckOnNew();
        var guard = await GuardNew(parent, Path.Name);
        if (!update.IsRefused && await parent.MakeCollection(this, Path.Name, new DavNewCollection(types, update.Changes), guard) is { } error)
        {
            if (error.Property is null)
            {
                await Answer(error);
                return;
            }

            update.Refuse(error);
        }

        if (update.IsRefused) await update.AnswerRefused(refused);
        else await Answer(StatusCodes.Status201Created);
    }

    /// <summary>
    /// Answers with what is at the address now, where the client prefers that to the mere status (RFC 8144 §3); false, and
    /// nothing is answered, where it does not.
    /// </summary>
    public async ValueTask<bool> AnswerRepresentation(int status)
    {
        if (!Prefer.IsRepresentation || await Find(Path, DavWanted.None) is not { } stored || await stored.Open(this) is not { } body) return false;
        await using (body)
        {
            Http.Response.Headers["Preference-Applied"] = "return=representation";
            Http.Response.Headers.ContentLocation = stored.Href;
            await Content.Answer(this, stored, body, status, withBody: true);
            return true;
        }
    }

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

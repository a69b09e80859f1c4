using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace Bastide.Protocols.Dav.Xml;

/// <summary>
/// Properties to be set and removed together, and what is to be answered of each: its own status, or 424 where another is
/// to blame (RFC 4918 §9.2.1).
/// </summary>
sealed class PropertyUpdate
{
    static readonly XName Language = XNamespace.Xml + "lang";
    static readonly DavError Protected = DavError.Violated(DavNames.Of("cannot-modify-protected-property"));
    static readonly DavError FailedDependency = new(StatusCodes.Status424FailedDependency);
    readonly DavCall _call;
    readonly List<DavPropertyChange> _changes = [];
    readonly Dictionary<XName, DavError> _errors = [];

    PropertyUpdate(DavCall call) => _call = call;

    /// <summary>What is asked for, in its order.</summary>
    public IReadOnlyList<DavPropertyChange> Changes => _changes;

    /// <summary>Whether any of it was refused, and so all of it.</summary>
    public bool IsRefused => _errors.Count > 0;

    /// <summary>Reads the <c>DAV:set</c> and <c>DAV:remove</c> elements within another.</summary>
    public static PropertyUpdate Read(DavCall call, XElement body)
    {
        var update = new PropertyUpdate(call);
        foreach (var instruction in body.Elements())
        {
            var isSet = instruction.Name == DavNames.Of("set");
            if (!isSet && instruction.Name != DavNames.Of("remove")) continue;
            foreach (var property in instruction.Elements(DavNames.Prop).Elements())
            {
                if (update._changes.Count == call.Engine.Limits.Properties) throw new DavException(DavError.BadRequest($"At most {call.Engine.Limits.Properties} properties are changed at once."));
                update._changes.Add(new DavPropertyChange(property.Name, isSet ? WithLanguage(property) : null, !call.Table.KnowsProperty(property.Name)));
            }
        }

        return update;
    }

    /// <summary>Takes a property out; null when it is not set.</summary>
    public XElement? Take(XName name)
    {
        var taken = _changes.Find(change => change.Name == name);
        _changes.RemoveAll(change => change.Name == name);
        return taken?.Value;
    }

    /// <summary>Refuses what cannot be set on a node.</summary>
    public void CheckOn(DavNode node)
    {
        for (var i = 0; i < _changes.Count; i++)
        {
            var change = _changes[i];
            var property = _call.Table.Property(change.Name, node.GetType());
            // What is live elsewhere and can be set there is kept as it is here.
            if (property is null && !change.IsDead && !IsProtected(change.Name)) _changes[i] = change = change with { IsDead = true };
            Check(change, property, node.KeepsDeadProperties);
        }
    }

    /// <summary>Refuses what cannot be set on anything.</summary>
    public void CheckOnNew()
    {
        foreach (var change in _changes) Check(change, _call.Table.Settable(change.Name), keepsDead: true);
    }

    /// <summary>Refuses all; where the error names a property, because of that one.</summary>
    public void Refuse(DavError error)
    {
        foreach (var name in error.Property is { } blamed ? [blamed] : _changes.Select(change => change.Name).DefaultIfEmpty(DavNames.ResourceType).Distinct()) _errors[name] = error;
    }

    /// <summary>Answers what became of each.</summary>
    public async ValueTask AnswerMultistatus(string href)
    {
        var response = _call.Http.Response;
        response.StatusCode = StatusCodes.Status207MultiStatus;
        response.ContentType = "application/xml; charset=utf-8";
        using var xml = new DavXmlWriter(response.BodyWriter, _call.Table.Namespaces);
        xml.Begin(DavNames.Of("multistatus"));
        xml.Start(DavNames.Of("response"));
        xml.Href(href);
        Write(xml);
        xml.End();
        xml.End();
        await xml.Flush(_call.Cancellation);
    }

    /// <summary>Answers a refusal within an element of its own (RFC 5689 §3).</summary>
    public async ValueTask AnswerRefused(XName root)
    {
        var response = _call.Http.Response;
        response.StatusCode = _errors.Values.First().Status;
        response.ContentType = "application/xml; charset=utf-8";
        using var xml = new DavXmlWriter(response.BodyWriter, _call.Table.Namespaces);
        xml.Begin(root);
        Write(xml);
        xml.End();
        await xml.Flush(_call.Cancellation);
    }

    void Check(DavPropertyChange change, DavProperty? property, bool keepsDead)
    {
        var error = property is not null ? CheckLive(change, property)
            : !change.IsDead ? Protected
            : !keepsDead ? DavError.Forbidden
            : change.Xml?.Length > _call.Engine.Limits.DeadPropertyLength ? new DavError(StatusCodes.Status507InsufficientStorage) : null;
        if (error is not null) _errors[change.Name] = error;
    }

    static DavError? CheckLive(DavPropertyChange change, DavProperty property) => property.Check is { } check ? check(change.Value) : Protected;

    bool IsProtected(XName name) => _call.Table.KnowsProperty(name) && _call.Table.Settable(name) is null;

    void Write(DavXmlWriter xml)
    {
        var names = _changes.Select(change => change.Name).Concat(_errors.Keys).Distinct();
        var groups = names.GroupBy(name => !IsRefused ? null : _errors.GetValueOrDefault(name, FailedDependency));
        foreach (var group in groups)
        {
            xml.Start(DavNames.Of("propstat"));
            xml.Start(DavNames.Prop);
            foreach (var name in group) xml.Empty(name);
            xml.End();
            DavMultistatus.WriteStatus(xml, group.Key?.Status ?? StatusCodes.Status200OK);
            if (group.Key is { } error) ErrorBody.WriteElement(xml, error);
            xml.End();
        }
    }

    /// <summary>The language that is in force where the property stands is its own (RFC 4918 §4.3).</summary>
    static XElement WithLanguage(XElement property)
    {
        if (property.Attribute(Language) is null && property.Ancestors().Select(ancestor => ancestor.Attribute(Language)).FirstOrDefault(language => language is not null) is { } inherited)
            property.SetAttributeValue(Language, inherited.Value);
        return property;
    }
}

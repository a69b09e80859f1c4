namespace Bastide.Mail.Mime;

/// <summary>
/// Chooses what of a message is shown as its text and what is offered beside it: the algorithm of RFC 8621 §4.1.4. A
/// list that is closed within a branch (null) takes nothing more there.
/// </summary>
sealed class BodySelection
{
    readonly List<BodyPart> _text = [];
    readonly List<BodyPart> _html = [];
    readonly List<BodyPart> _attachments = [];

    /// <summary>Chooses among the parts of a message.</summary>
    public static EmailBodies Of(BodyPart structure)
    {
        var selection = new BodySelection();
        selection.Visit([structure], "mixed", 0, inAlternative: false, selection._text, selection._html);
        return new EmailBodies(selection._text, selection._html, selection._attachments);
    }

    void Visit(IReadOnlyList<BodyPart> parts, string multipart, int root, bool inAlternative, List<BodyPart>? text, List<BodyPart>? html)
    {
        var (textBefore, htmlBefore) = (text?.Count ?? -1, html?.Count ?? -1);
        for (var i = 0; i < parts.Count; i++)
        {
            var part = parts[i];
            if (part.SubParts is { } subParts)
            {
                var subType = part.Type["multipart/".Length..];
                Visit(subParts, subType, RootOf(part, subParts), inAlternative || subType == "alternative", text, html);
            }
            else if (!IsBody(part, i == root, multipart)) _attachments.Add(part);
            else if (multipart == "alternative") Alternative(part, text, html);
            else
            {
                // Within an alternative a text stands for one of the two only, and so does what follows it.
                if (inAlternative && part.Type == "text/plain") html = null;
                if (inAlternative && part.Type == "text/html") text = null;
                text?.Add(part);
                html?.Add(part);
                if ((text is null || html is null) && IsMedia(part.Type)) _attachments.Add(part);
            }
        }

        if (multipart != "alternative" || text is null || html is null) return;
        var (newText, newHtml) = (text[textBefore..], html[htmlBefore..]);
        if (newText.Count == 0) text.AddRange(newHtml);
        else if (newHtml.Count == 0) html.AddRange(newText);
    }

    void Alternative(BodyPart part, List<BodyPart>? text, List<BodyPart>? html)
    {
        if (part.Type == "text/plain") text?.Add(part);
        else if (part.Type == "text/html") html?.Add(part);
        else _attachments.Add(part);
    }

    /// <summary>Whether it is shown in its place. In a related only the root is; a text with a name that is not the first is a file.</summary>
    static bool IsBody(BodyPart part, bool isRoot, string multipart) =>
        part.Disposition != "attachment"
        && (part.Type is "text/plain" or "text/html" || IsMedia(part.Type))
        && (isRoot || (multipart != "related" && (IsMedia(part.Type) || part.Name is null)));

    /// <summary>
    /// The first, as RFC 8621 says; but where a related names another root (RFC 2387 §3.2), or its first part is not of the type
    /// it says its root has, that one: some programs write the pictures before the page.
    /// </summary>
    static int RootOf(BodyPart multipart, IReadOnlyList<BodyPart> parts)
    {
        if (multipart.Type != "multipart/related" || multipart.TypeParameters is not { } parameters) return 0;
        var start = parameters.FirstOrDefault(p => p.Key == "start").Value?.Trim('<', '>', ' ');
        var type = parameters.FirstOrDefault(p => p.Key == "type").Value;
        for (var i = 0; i < parts.Count; i++)
            if (start is { Length: > 0 } ? parts[i].Cid == start : parts[i].Type.Equals(type, StringComparison.OrdinalIgnoreCase))
                return i;
        return 0;
    }

    static bool IsMedia(string type) =>
        type.StartsWith("image/", StringComparison.Ordinal) || type.StartsWith("audio/", StringComparison.Ordinal) || type.StartsWith("video/", StringComparison.Ordinal);
}

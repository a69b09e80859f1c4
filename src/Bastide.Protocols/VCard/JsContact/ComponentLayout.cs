namespace Bastide.Protocols.VCard.JsContact;

/// <summary>Where the components of N or ADR stand and what kind of JSContact component each is. RFC 9555 §2.5.5, §2.6.1; RFC 9554 §2.</summary>
/// <param name="Kinds">The kinds, by position.</param>
/// <param name="Classic">How many positions there were before RFC 9554.</param>
sealed record ComponentLayout(string[] Kinds, int Classic)
{
    /// <summary>The positions of a name.</summary>
    public static readonly ComponentLayout Name = new(["surname", "given", "given2", "title", "credential", "surname2", "generation"], 5);

    /// <summary>The positions of an address; the second and the third say together, for old programs, what later ones say apart.</summary>
    public static readonly ComponentLayout Address = new(
        [
            "postOfficeBox", "apartment", "name", "locality", "region", "postcode", "country",
            "room", "apartment", "floor", "number", "name", "building", "block", "subdistrict", "district", "landmark", "direction",
        ], 7);

    /// <summary>The values of a structured value that are components of their own: not what is there for old programs only.</summary>
    public List<ComponentValue> Values(string value)
    {
        var components = CardText.Components(value);
        var isNew = this == Address && components.Skip(Classic).Any(component => component.Any(text => text.Length > 0));
        var values = new List<ComponentValue>();
        for (var position = 0; position < Math.Min(components.Count, Kinds.Length); position++)
        {
            if (isNew && position is 1 or 2) continue;
            var repeated = this == Name && position is 0 or 4 ? At(components, position == 0 ? 5 : 6) : [];
            for (var index = 0; index < components[position].Count; index++)
            {
                var text = components[position][index];
                if (text.Length > 0 && !(this == Name && repeated.Contains(text))) values.Add(new ComponentValue(position, index, Kinds[position], text));
            }
        }

        return values;
    }

    /// <summary>
    /// The structured value of components, and where each of them stands in it; those of an unknown kind, and separators,
    /// stand nowhere.
    /// </summary>
    public (string Value, List<(int Position, int Index)?> Places) Place(IReadOnlyList<(string Kind, string Text)> components, string separator)
    {
        var lists = Kinds.Select(_ => new List<string>()).ToList();
        var places = new List<(int Position, int Index)?>();
        var isNew = this == Address && components.Any(c => c.Kind != "separator" && Array.IndexOf(Kinds, c.Kind) >= Classic);
        foreach (var (kind, text) in components)
        {
            var position = isNew ? Array.LastIndexOf(Kinds, kind) : Array.IndexOf(Kinds, kind);
            if (position < 0)
            {
                places.Add(null);
                continue;
            }

            if (this == Name && kind == "generation") lists[4].Add(text);
            places.Add((position, lists[position].Count));
            lists[position].Add(text);
        }

        // For old programs: second surnames after all the first, a street in one piece.
        if (this == Name) lists[0].AddRange(lists[5]);
        if (isNew)
        {
            lists[1] = Together(components, ", ", "room", "floor", "apartment", "building");
            lists[2] = Together(components, separator, "number", "name", "block", "direction", "landmark", "subdistrict", "district");
        }

        var count = lists.Skip(Classic).All(list => list.Count == 0) ? Classic : Kinds.Length;
        return (CardText.Join(lists.Take(count).Select(list => list.TrueForAll(text => text.Length == 0) ? [] : list)), places);
    }

    static List<string> Together(IReadOnlyList<(string Kind, string Text)> components, string separator, params string[] kinds)
    {
        var texts = components.Where(c => kinds.Contains(c.Kind) && c.Text.Length > 0).Select(c => c.Text).ToList();
        return texts.Count == 0 ? [] : [string.Join(separator, texts)];
    }

    static IReadOnlyList<string> At(List<IReadOnlyList<string>> components, int position) => position < components.Count ? components[position] : [];
}

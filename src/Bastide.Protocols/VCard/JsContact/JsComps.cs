using System.Globalization;
using System.Text.Json.Nodes;

namespace Bastide.Protocols.VCard.JsContact;

/// <summary>The parameter JSCOMPS: in which order the components of N or ADR are read, and what stands between them. RFC 9555 §3.3.1.</summary>
static class JsComps
{
    /// <summary>
    /// Puts <c>components</c>, and what tells their order, into a Name or an Address. Answers where each value has come to
    /// stand in the list. A parameter that is not valid orders nothing.
    /// </summary>
    public static Dictionary<(int Position, int Index), int> Read(JsonObject target, List<ComponentValue> values, string? parameter)
    {
        var places = new Dictionary<(int, int), int>();
        var list = new JsonArray();
        var isOrdered = parameter is not null && TryOrder(target, list, places, values, parameter);
        if (!isOrdered)
        {
            list.Clear();
            places.Clear();
            foreach (var value in values)
            {
                places[(value.Position, value.Index)] = list.Count;
                list.Add(new JsonObject { ["kind"] = value.Kind, ["value"] = value.Text });
            }
        }

        if (list.Count > 0) target["components"] = list;
        return places;
    }

    /// <summary>Whether a parameter orders these values.</summary>
    public static bool IsValid(List<ComponentValue> values, string parameter) => TryOrder([], [], [], values, parameter);

    static bool TryOrder(JsonObject target, JsonArray list, Dictionary<(int, int), int> places, List<ComponentValue> values, string parameter)
    {
        var entries = CardText.Split(parameter, ';');
        if (entries.Count < 2) return false;
        var hasDefault = entries[0].Length > 0;
        if (hasDefault && !entries[0].StartsWith("s,", StringComparison.Ordinal)) return false;
        foreach (var entry in entries.Skip(1))
        {
            if (entry.StartsWith("s,", StringComparison.Ordinal))
            {
                list.Add(new JsonObject { ["kind"] = "separator", ["value"] = CardText.Unescape(entry[2..]) });
                continue;
            }

            var numbers = entry.Split(',');
            if (numbers.Length > 2 || !TryNumber(numbers[0], out var position) || !TryNumber(numbers.ElementAtOrDefault(1) ?? "0", out var index)) return false;
            var at = values.FindIndex(value => value.Position == position && value.Index == index);
            if (at < 0 || !places.TryAdd((position, index), list.Count)) return false;
            list.Add(new JsonObject { ["kind"] = values[at].Kind, ["value"] = values[at].Text });
        }

        if (places.Count != values.Count || values.Count == 0) return false;
        target["isOrdered"] = true;
        if (hasDefault) target["defaultSeparator"] = CardText.Unescape(entries[0][2..]);
        return true;
    }

    /// <summary>The parameter for components that stand at these places (null for separators); null when something stands nowhere.</summary>
    public static string? Write(IReadOnlyList<(string Kind, string Text)> components, IReadOnlyList<(int Position, int Index)?> places, string? defaultSeparator)
    {
        var entries = new List<string> { defaultSeparator is null ? "" : "s," + CardText.Escape(defaultSeparator) };
        for (var i = 0; i < components.Count; i++)
        {
            if (components[i].Kind == "separator") entries.Add("s," + CardText.Escape(components[i].Text));
            else if (places[i] is not var (position, index)) return null;
            else entries.Add(index == 0 ? string.Create(CultureInfo.InvariantCulture, $"{position}") : string.Create(CultureInfo.InvariantCulture, $"{position},{index}"));
        }

        return string.Join(';', entries);
    }

    static bool TryNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}

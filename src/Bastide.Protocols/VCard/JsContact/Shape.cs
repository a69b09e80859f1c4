using System.Text.Json;
using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;

namespace Bastide.Protocols.VCard.JsContact;

/// <summary>What a value must be like: it finds faults in it, and puts it into the one form there is of it.</summary>
abstract class Shape
{
    /// <summary>Adds what is wrong.</summary>
    public abstract void Check(JsonNode? node, string path, List<JsContactFault> faults);

    /// <summary>Puts a valid value into its one form; null where that is to leave it out.</summary>
    public virtual JsonNode? Clean(JsonNode node) => node;

    protected static void Fault(List<JsContactFault> faults, string path, string why) => faults.Add(new JsContactFault(path, why));

    /// <summary>A text; control characters other than line breaks and tabs are in none.</summary>
    public sealed class Text(int shortest = 0, bool isOneLine = false) : Shape
    {
        public override void Check(JsonNode? node, string path, List<JsContactFault> faults)
        {
            if (node.Text() is not { } text) Fault(faults, path, "it is a string.");
            else if (text.Length < shortest) Fault(faults, path, "it is not empty.");
            else if (text.Any(c => char.IsControl(c) && (isOneLine || c is not ('\n' or '\r' or '\t')))) Fault(faults, path, "it holds no control characters.");
        }

        // A line break is one character, as vCard has it.
        public override JsonNode? Clean(JsonNode node) => node.Text() is { } text && text.Contains('\r', StringComparison.Ordinal) ? JsonValue.Create(text.ReplaceLineEndings("\n")) : node;
    }

    /// <summary>One of some words, or a word of a vendor's own (RFC 9553 §1.8.2).</summary>
    public sealed class Word(params string[] words) : Shape
    {
        public override void Check(JsonNode? node, string path, List<JsContactFault> faults)
        {
            if (node.Text() is not { } text || !IsOne(text, words)) Fault(faults, path, $"it is one of {string.Join(", ", words)}.");
        }

        public static bool IsOne(string text, string[] words) => words.Contains(text) || (text.IndexOf(':', StringComparison.Ordinal) > 0 && !text.Any(char.IsControl));
    }

    /// <summary>A whole number.</summary>
    public sealed class Number(long from, long to) : Shape
    {
        public override void Check(JsonNode? node, string path, List<JsContactFault> faults)
        {
            if (node.Whole() is not { } number || number < from || number > to) Fault(faults, path, $"it is a whole number from {from} to {to}.");
        }

        public override JsonNode? Clean(JsonNode node) => node.Whole();
    }

    /// <summary>True or false; false is the same as nothing.</summary>
    public sealed class Flag : Shape
    {
        public override void Check(JsonNode? node, string path, List<JsContactFault> faults)
        {
            if (node?.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False)) Fault(faults, path, "it is true or false.");
        }

        public override JsonNode? Clean(JsonNode node) => node.IsTrue() ? node : null;
    }

    /// <summary>A moment in UTC (RFC 9553 §1.4.5).</summary>
    public sealed class Moment : Shape
    {
        public override void Check(JsonNode? node, string path, List<JsContactFault> faults)
        {
            if (JmapDates.ReadUtc(node.Text()) is null) Fault(faults, path, "it is a moment in UTC, as 2026-11-23T09:30:00Z.");
        }

        public override JsonNode? Clean(JsonNode node) => JmapDates.WriteUtc(JmapDates.ReadUtc(node.Text())!.Value);
    }

    /// <summary>A set of names, each true; of some words only where these are given.</summary>
    public sealed class Names(string[]? words = null) : Shape
    {
        public override void Check(JsonNode? node, string path, List<JsContactFault> faults)
        {
            if (node is not JsonObject set) Fault(faults, path, "it is an object whose values are true.");
            else
                foreach (var (name, value) in set)
                    if (!value.IsTrue() || name.Length == 0 || name.Any(char.IsControl)) Fault(faults, $"{path}/{CardPatch.Escape(name)}", "it is true.");
                    else if (words is not null && !Word.IsOne(name, words)) Fault(faults, $"{path}/{CardPatch.Escape(name)}", $"it is one of {string.Join(", ", words)}.");
        }

        public override JsonNode? Clean(JsonNode node) => node is JsonObject { Count: 0 } ? null : node;
    }

    /// <summary>A map of values of one shape, by ids or by any names.</summary>
    public sealed class Map(Shape value, bool isById = true) : Shape
    {
        public override void Check(JsonNode? node, string path, List<JsContactFault> faults)
        {
            if (node is not JsonObject map)
            {
                Fault(faults, path, "it is an object.");
                return;
            }

            foreach (var (key, entry) in map)
            {
                if (isById ? !Keys.IsKey(key) : key.Length == 0 || key.Any(char.IsControl)) Fault(faults, path, "its keys are ids: letters, digits, - and _.");
                else value.Check(entry, $"{path}/{CardPatch.Escape(key)}", faults);
            }
        }

        public override JsonNode? Clean(JsonNode node)
        {
            var map = (JsonObject)node;
            foreach (var (key, entry) in map.ToList()) Replace(map, key, entry, value.Clean(entry!));
            return map.Count == 0 ? null : map;
        }
    }

    /// <summary>A list of values of one shape.</summary>
    public sealed class List(Shape value) : Shape
    {
        public override void Check(JsonNode? node, string path, List<JsContactFault> faults)
        {
            if (node is not JsonArray { Count: > 0 } list)
            {
                Fault(faults, path, "it is a list of one or more.");
                return;
            }

            for (var i = 0; i < list.Count; i++) value.Check(list[i], $"{path}/{i}", faults);
        }

        public override JsonNode? Clean(JsonNode node)
        {
            var list = (JsonArray)node;
            for (var i = 0; i < list.Count; i++)
                if (list[i] is { } item && value.Clean(item) is { } clean && !ReferenceEquals(item, clean))
                    list[i] = clean;
            return list;
        }
    }

    /// <summary>Anything at all, within reason.</summary>
    public sealed class Anything(Func<JsonNode?, string?>? isWrong = null) : Shape
    {
        public override void Check(JsonNode? node, string path, List<JsContactFault> faults)
        {
            if (isWrong?.Invoke(node) is { } why) Fault(faults, path, why);
        }
    }

    protected static void Replace(JsonObject parent, string name, JsonNode? before, JsonNode? after)
    {
        if (after is null) parent.Remove(name);
        else if (!ReferenceEquals(before, after)) parent[name] = after;
    }
}

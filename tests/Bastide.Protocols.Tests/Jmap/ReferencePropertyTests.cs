using System.Globalization;
using System.Text.Json.Nodes;
using Bastide.Protocols.Jmap;
using Shouldly;
using Xunit;

namespace Bastide.Protocols.Tests.Jmap;

/// <summary>Back-references into random JSON agree with the rules of RFC 8620 §3.7 and RFC 6901 written down as plainly as can be.</summary>
public sealed class ReferencePropertyTests
{
    static readonly string[] Names = ["", "a", "b", "0", "1", "01", "-", "*", "a/b", "m~n", "~1", "é"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_path_into_random_JSON_gives_what_the_rules_say_or_invalidResultReference(int seed)
    {
        var random = new Random(seed);
        var (found, refused, mapped) = (0, 0, 0);
        for (var i = 0; i < 5_000; i++)
        {
            var document = new JsonObject { ["x"] = Value(random, 0), ["y"] = Value(random, 0) };
            var path = random.Next(20) == 0 ? "not a pointer" : Path(random, document);
            var expected = Model(document, path);
            var actual = Resolve(document, path);
            (actual is null).ShouldBe(expected is null, $"{path} in {document.ToJsonString()}");
            if (expected is null)
            {
                refused++;
                continue;
            }

            found++;
            if (path.Contains('*', StringComparison.Ordinal)) mapped++;
            JsonNode.DeepEquals(actual!.Value.Node, expected.Value.Node).ShouldBeTrue($"{path} in {document.ToJsonString()}: {actual.Value.Node?.ToJsonString()}");
        }

        // Otherwise the test would show nothing.
        found.ShouldBeGreaterThan(500);
        refused.ShouldBeGreaterThan(500);
        mapped.ShouldBeGreaterThan(200);
    }

    static (JsonNode? Node, bool _)? Resolve(JsonObject document, string path)
    {
        var responses = new JsonArray(new JsonArray("Foo/get", document.DeepClone(), "0"));
        var arguments = new JsonObject { ["#ids"] = new JsonObject { ["resultOf"] = "0", ["name"] = "Foo/get", ["path"] = path } };
        try
        {
            return (new References(1_000_000).Resolve(arguments, responses)["ids"], true);
        }
        catch (JmapException exception)
        {
            exception.Type.ShouldBe("invalidResultReference");
            return null;
        }
    }

    static (JsonNode? Node, bool _)? Model(JsonNode document, string path)
    {
        if (path.Length == 0) return (document, true);
        if (path[0] != '/') return null;
        return Apply(document, path[1..].Split('/'));
    }

    static (JsonNode? Node, bool _)? Apply(JsonNode? value, string[] tokens)
    {
        if (tokens.Length == 0) return (value, true);
        var (token, rest) = (tokens[0], tokens[1..]);
        if (value is JsonArray array && token == "*")
        {
            var output = new JsonArray();
            foreach (var item in array)
            {
                if (Apply(item, rest) is not { } result) return null;
                if (result.Node is JsonArray inner) foreach (var each in inner) output.Add(each?.DeepClone());
                else output.Add(result.Node?.DeepClone());
            }

            return (output, true);
        }

        if (Unescape(token) is not { } name) return null;
        if (value is JsonArray list)
        {
            for (var i = 0; i < list.Count; i++)
                if (i.ToString(CultureInfo.InvariantCulture) == name)
                    return Apply(list[i], rest);
            return null;
        }

        return value is JsonObject o && o.TryGetPropertyValue(name, out var member) ? Apply(member, rest) : null;
    }

    /// <summary>RFC 6901 §3: a tilde is followed by 0 or 1, or the pointer is none.</summary>
    static string? Unescape(string token)
    {
        var text = "";
        for (var i = 0; i < token.Length; i++)
        {
            if (token[i] != '~')
            {
                text += token[i];
                continue;
            }

            if (++i == token.Length || token[i] is not ('0' or '1')) return null;
            text += token[i] == '0' ? '~' : '/';
        }

        return text;
    }

    static JsonNode? Value(Random random, int depth) => random.Next(depth > 4 ? 4 : 8) switch
    {
        0 => null,
        1 => random.Next(3),
        2 => random.Next(2) == 0,
        3 => Names[random.Next(Names.Length)],
        4 or 5 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth + 1))]),
        _ => new JsonObject(Enumerable.Range(0, random.Next(5)).Select(_ => Names[random.Next(Names.Length)]).Distinct().Select(name => KeyValuePair.Create(name, Value(random, depth + 1)))),
    };

    /// <summary>Mostly a way that is there, with steps aside now and then.</summary>
    static string Path(Random random, JsonNode? at)
    {
        var path = "";
        while (random.Next(6) != 0)
        {
            if (random.Next(15) == 0)
            {
                path += "/" + new[] { "~", "~2", "a~", "*", "9", "+1", "00", "zz" }[random.Next(8)];
                at = null;
            }
            else if (at is JsonObject { Count: > 0 } o)
            {
                var (name, value) = o.ElementAt(random.Next(o.Count));
                path += "/" + name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
                at = value;
            }
            else if (at is JsonArray { Count: > 0 } array)
            {
                var index = random.Next(array.Count);
                path += random.Next(2) == 0 ? "/*" : "/" + index.ToString(CultureInfo.InvariantCulture);
                at = array[index];
            }
            else
            {
                break;
            }
        }

        return path;
    }
}

using System.Text.RegularExpressions;

namespace Bastide.Platform.Db;

/// <summary>
/// One statement text for both engines. Parameters are positional, <c>$1</c> to <c>$99</c>. Where the engines
/// differ the text holds a token:
/// <list type="bullet">
/// <item><c>{any $1}</c>: equal to any element of the array bound as <c>$1</c> (<c>long[]</c>, <c>string[]</c>);</item>
/// <item><c>{any octets $1}</c>: the same for octets (<c>byte[][]</c>, see <c>BlobId.Octets</c>);</item>
/// <item><c>{lock}</c>, <c>{lock skip}</c>: row locks, which one writer does not need;</item>
/// <item><c>{like}</c>: LIKE without regard to the case of ASCII letters;</item>
/// <item><c>{sqlite: …}</c>, <c>{postgres: …}</c>: text for one engine alone (no braces inside), for the index and nothing else.</item>
/// </list>
/// Keep instances in static fields; a statement made at run time (a filter) must come from a bounded set of shapes,
/// because each is prepared once per connection.
/// </summary>
public sealed partial class Sql(string text)
{
    readonly string _sqlite = Render(text, Engine.Sqlite);
    readonly string _postgres = Render(text, Engine.Postgres);

    internal string For(Engine engine) => engine == Engine.Sqlite ? _sqlite : _postgres;

    /// <summary>The text as it was written.</summary>
    public override string ToString() => text;

    static string Render(string text, Engine engine) => Token().Replace(text, match =>
    {
        var token = match.Groups[1].Value;
        var sqlite = engine == Engine.Sqlite;
        if (token.StartsWith("any octets ", StringComparison.Ordinal))
            return sqlite ? $"IN (SELECT unhex(value) FROM json_each({token[11..]}))" : $"= ANY({token[11..]})";
        if (token.StartsWith("any ", StringComparison.Ordinal))
            return sqlite ? $"IN (SELECT value FROM json_each({token[4..]}))" : $"= ANY({token[4..]})";
        if (token.StartsWith("sqlite:", StringComparison.Ordinal)) return sqlite ? token[7..] : "";
        if (token.StartsWith("postgres:", StringComparison.Ordinal)) return sqlite ? "" : token[9..];
        return token switch
        {
            "lock" => sqlite ? "" : "FOR UPDATE",
            "lock skip" => sqlite ? "" : "FOR UPDATE SKIP LOCKED",
            "like" => sqlite ? "LIKE" : "ILIKE",
            _ => throw new ArgumentException($"{{{token}}} is not a token of Sql."),
        };
    });

    [GeneratedRegex(@"\{([a-z][^{}]*)\}")]
    private static partial Regex Token();
}

using System.Data.Common;
using System.Reflection;
using System.Text.RegularExpressions;
using Bastide.Platform.Db;

namespace Bastide.Testing;

/// <summary>How the embedded database would run the statements that stand in static fields, in a database without statistics, as a new one is.</summary>
public static partial class QueryPlans
{
    /// <summary>
    /// The statements that read a whole table, or that walk an index of the account where they were given the very rows:
    /// each with its plan. <paramref name="meant"/> names those that are meant to, as <c>Type.Field</c>.
    /// </summary>
    public static async Task<IReadOnlyList<string>> Slow(TestDatabase database, Assembly[] assemblies, params string[] meant)
    {
        var slow = new List<string>();
        foreach (var (name, sql) in Statements(assemblies))
        {
            var plan = await Explain(database, sql);
            if (!meant.Contains(name) && (ReadsAWholeTable(plan) || !FindsTheGivenRows(sql.ToString(), plan)))
                slow.Add($"{name}: {sql}\n    {string.Join("\n    ", plan)}");
        }

        return slow;
    }

    static IEnumerable<(string Name, Sql Sql)> Statements(Assembly[] assemblies) =>
        from type in assemblies.SelectMany(assembly => assembly.GetTypes())
        where !type.ContainsGenericParameters
        from field in type.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)
        where field.FieldType == typeof(Sql)
        select ($"{type.Name}.{field.Name}", (Sql)field.GetValue(null)!);

    static async Task<List<string>> Explain(TestDatabase database, Sql sql)
    {
        var text = sql.ToString();
        var arguments = Parameter().Matches(text).Select(match => int.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture)).DefaultIfEmpty(0).Max();
        try
        {
            return await database.Database.Read(scope => scope.List(new Sql("EXPLAIN QUERY PLAN " + text), row => row.Text(3), new object?[arguments]), CancellationToken.None);
        }
        catch (DbException)
        {
            // A statement of the other engine alone.
            return [];
        }
    }

    static bool ReadsAWholeTable(List<string> plan)
    {
        var made = plan.Select(step => Made().Match(step)).Where(match => match.Success).Select(match => match.Groups[1].Value).ToHashSet();
        return plan.Any(step => Scan().Match(step) is { Success: true } match && !made.Contains(match.Groups[1].Value));
    }

    // "id {any $1}" must be answered by the rows of those ids and not by walking all the account has and comparing.
    static bool FindsTheGivenRows(string text, List<string> plan)
    {
        if (!text.Contains("{any ", StringComparison.Ordinal) || plan.Find(step => step.StartsWith("SEARCH", StringComparison.Ordinal)) is not { } first) return true;
        var walksTheAccount = first.EndsWith("(account_id=?)", StringComparison.Ordinal) && text.Contains("account_id = $", StringComparison.Ordinal);
        return !walksTheAccount && (!GivenId().IsMatch(text) || first.Contains("rowid=?)", StringComparison.Ordinal) || first.Contains("(id=?)", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\$(\d+)")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"^SCAN (?!json_each|CONSTANT|\()(\w+)(?! VIRTUAL)")]
    private static partial Regex Scan();

    [GeneratedRegex(@"^(?:MATERIALIZE|CO-ROUTINE) (\w+)")]
    private static partial Regex Made();

    [GeneratedRegex(@"(?<![\w])(\w\.)?id \{any \$")]
    private static partial Regex GivenId();
}

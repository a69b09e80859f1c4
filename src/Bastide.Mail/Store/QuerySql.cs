using System.Collections.Concurrent;
using Bastide.Platform.Db;

namespace Bastide.Mail.Store;

/// <summary>Keeps the statements that filters become, so that the same shape is prepared once.</summary>
static class QuerySql
{
    const int Most = 500;

    static readonly ConcurrentDictionary<string, Sql> Known = new();

    /// <summary>The statement of a text.</summary>
    public static Sql Of(string text)
    {
        if (Known.TryGetValue(text, out var sql)) return sql;
        if (Known.Count >= Most) Known.Clear();
        return Known.GetOrAdd(text, made => new Sql(made));
    }
}

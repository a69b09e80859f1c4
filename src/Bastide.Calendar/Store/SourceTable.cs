using Bastide.Calendar.Sources;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Calendar.Store;

/// <summary>Which calendars come from elsewhere.</summary>
static class SourceTable
{
    const string Columns = "calendar_id, account_id, address, tried_at, refreshed_at, error_type, error_text, failures, etag, last_modified";

    static readonly Sql SelectOfAccount = new($"SELECT {Columns} FROM calendar_sources WHERE account_id = $1 ORDER BY calendar_id LIMIT 1000");
    static readonly Sql SelectOne = new($"SELECT {Columns} FROM calendar_sources WHERE calendar_id = $1");
    static readonly Sql Insert = new("INSERT INTO calendar_sources (calendar_id, account_id, address) VALUES ($1, $2, $3)");
    static readonly Sql UpdateRow = new("""
        UPDATE calendar_sources SET tried_at = $2, refreshed_at = $3, error_type = $4, error_text = $5, failures = $6, etag = $7, last_modified = $8 WHERE calendar_id = $1
        """);

    /// <summary>Those of an account, by calendar.</summary>
    public static async ValueTask<Dictionary<long, SourceRow>> Of(ReadScope scope, AccountId account) => (await scope.List(SelectOfAccount, Map, account)).ToDictionary(row => row.CalendarId);

    /// <summary>That of a calendar, or null.</summary>
    public static ValueTask<SourceRow?> Find(ReadScope scope, long calendar) => scope.First(SelectOne, Map, calendar);

    /// <summary>Says where the contents of a calendar come from.</summary>
    public static async ValueTask Create(WriteScope scope, long calendar, AccountId account, string address) => await scope.Execute(Insert, calendar, account, address);

    /// <summary>Stores how it went.</summary>
    public static async ValueTask Update(WriteScope scope, SourceRow row) =>
        await scope.Execute(UpdateRow, row.CalendarId, row.TriedAt, row.RefreshedAt, row.Error?.Type, row.Error?.Description, row.Failures, row.ETag, row.LastModified);

    static SourceRow Map(Row row) => new()
    {
        CalendarId = row.Long(0),
        Account = new AccountId(row.Long(1)),
        Address = row.Text(2),
        TriedAt = row.TimeOrNull(3),
        RefreshedAt = row.TimeOrNull(4),
        Error = row.TextOrNull(5) is { } type ? new SourceError(type, row.TextOrNull(6) ?? "") : null,
        Failures = row.Int(7),
        ETag = row.TextOrNull(8),
        LastModified = row.TextOrNull(9),
    };
}

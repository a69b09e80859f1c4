using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Mail.Store;

/// <summary>The vacation responses, one for an account.</summary>
static class VacationTable
{
    static readonly Sql Select = new("SELECT is_enabled, from_date, to_date, subject, text_body, html_body FROM vacation_responses WHERE account_id = $1");

    static readonly Sql Upsert = new("""
        INSERT INTO vacation_responses (account_id, is_enabled, from_date, to_date, subject, text_body, html_body) VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (account_id) DO UPDATE SET is_enabled = excluded.is_enabled, from_date = excluded.from_date, to_date = excluded.to_date,
            subject = excluded.subject, text_body = excluded.text_body, html_body = excluded.html_body
        """);

    /// <summary>The one of the account, or null when it never had one.</summary>
    public static ValueTask<VacationResponse?> Find(ReadScope scope, AccountId account) => scope.First<VacationResponse>(Select, row => new VacationResponse
    {
        IsEnabled = row.Bool(0),
        FromDate = row.TimeOrNull(1),
        ToDate = row.TimeOrNull(2),
        Subject = row.TextOrNull(3),
        TextBody = row.TextOrNull(4),
        HtmlBody = row.TextOrNull(5),
    }, account);

    /// <summary>Stores it.</summary>
    public static async ValueTask Put(WriteScope scope, AccountId account, VacationResponse response) =>
        await scope.Execute(Upsert, account, response.IsEnabled, response.FromDate, response.ToDate, response.Subject, response.TextBody, response.HtmlBody);
}

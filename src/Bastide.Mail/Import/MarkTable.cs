using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Mail.Import;

/// <summary>How far folders of other servers have been imported.</summary>
static class MarkTable
{
    static readonly Sql Select = new("SELECT uid FROM mail_imports WHERE account_id = $1 AND source = $2 AND uid_validity = $3");

    static readonly Sql Upsert = new("""
        INSERT INTO mail_imports (account_id, source, uid_validity, uid) VALUES ($1, $2, $3, $4)
        ON CONFLICT (account_id, source) DO UPDATE SET uid_validity = excluded.uid_validity, uid = excluded.uid
        """);

    /// <summary>The last UID of the folder that was stored, or 0; a folder that was made anew begins at 0.</summary>
    public static async ValueTask<uint> Last(ReadScope scope, AccountId account, string source, uint uidValidity) =>
        (uint)(await scope.Long(Select, account, source, (long)uidValidity) ?? 0);

    /// <summary>Notes the last UIDs that were stored.</summary>
    public static ValueTask Keep(WriteScope scope, AccountId account, IEnumerable<ImportMark> marks) =>
        scope.ExecuteMany(Upsert, [.. marks.Select(mark => new object?[] { account, mark.Source, (long)mark.UidValidity, (long)mark.Uid })]);
}

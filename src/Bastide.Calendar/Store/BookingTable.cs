using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Calendar.Store;

/// <summary>What was booked on pages.</summary>
static class BookingTable
{
    const string Columns = "b.id, b.page_id, b.account_id, b.uid, b.end_at, b.guest_name, b.guest_address, b.language, b.time_zone, b.secret_sealed, b.created_at";

    static readonly Sql SelectBySecret = new($"SELECT {Columns} FROM bookings b JOIN accounts a ON a.id = b.account_id WHERE b.secret_hash = $1 AND a.disabled = FALSE");
    static readonly Sql SelectById = new($"SELECT {Columns} FROM bookings b WHERE b.id = $1");
    static readonly Sql SelectByUids = new($"SELECT {Columns} FROM bookings b WHERE b.account_id = $1 AND b.uid {{any $2}}");

    static readonly Sql CountComing = new("""
        SELECT COUNT(*) FROM bookings b JOIN calendar_objects o ON o.account_id = b.account_id AND o.uid = b.uid WHERE b.page_id = $1 AND b.guest_address = $2 AND b.end_at > $3
        """);

    static readonly Sql Insert = new("""
        INSERT INTO bookings (page_id, account_id, uid, end_at, guest_name, guest_address, language, time_zone, secret_hash, secret_sealed, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id
        """);

    static readonly Sql UpdateEnd = new("UPDATE bookings SET end_at = $2, language = $3, time_zone = $4 WHERE id = $1");

    /// <summary>The booking of a secret, by the SHA-256 of that; null where there is none, or its account is disabled.</summary>
    public static ValueTask<BookingRow?> Find(ReadScope scope, byte[] secretHash) => scope.First(SelectBySecret, Map, secretHash);

    /// <summary>The booking of a number, or null.</summary>
    public static ValueTask<BookingRow?> Find(ReadScope scope, long id) => scope.First(SelectById, Map, id);

    /// <summary>Those of some UIDs.</summary>
    public static ValueTask<List<BookingRow>> OfUids(ReadScope scope, AccountId account, IReadOnlyCollection<string> uids) => uids.Count == 0 ? new([]) : scope.List(SelectByUids, Map, account, uids.ToArray());

    /// <summary>How many of a guest are still to come on a page.</summary>
    public static async ValueTask<long> Coming(ReadScope scope, long page, string guest, DateTimeOffset now) => (await scope.Long(CountComing, page, guest, now))!.Value;

    /// <summary>Makes one.</summary>
    public static async ValueTask<long> Create(WriteScope scope, BookingRow row, byte[] secretHash) =>
        (await scope.Long(Insert, row.PageId, row.Account, row.Uid, row.EndAt, row.GuestName, row.GuestAddress, row.Language, row.TimeZone, secretHash, row.Sealed, row.CreatedAt))!.Value;

    /// <summary>Stores when it ends now, and how its guest reads that.</summary>
    public static async ValueTask Move(WriteScope scope, BookingRow row) => await scope.Execute(UpdateEnd, row.Id, row.EndAt, row.Language, row.TimeZone);

    static BookingRow Map(Row row) => new()
    {
        Id = row.Long(0),
        PageId = row.Long(1),
        Account = new AccountId(row.Long(2)),
        Uid = row.Text(3),
        EndAt = row.Time(4),
        GuestName = row.Text(5),
        GuestAddress = row.Text(6),
        Language = row.Text(7),
        TimeZone = row.Text(8),
        Sealed = row.Text(9),
        CreatedAt = row.Time(10),
    };
}

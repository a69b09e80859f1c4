using System.Text.Json.Nodes;
using Bastide.Calendar.Booking;
using Bastide.Platform.Accounts;
using Bastide.Platform.Db;
using Bastide.Protocols.Jmap;

namespace Bastide.Calendar.Store;

/// <summary>The pages on which others book.</summary>
static class BookingPageTable
{
    const string Columns = "p.id, p.account_id, p.token_sealed, p.settings, p.created_at";

    static readonly Sql SelectOfAccount = new($"SELECT {Columns} FROM booking_pages p WHERE p.account_id = $1 ORDER BY p.id LIMIT 1000");
    static readonly Sql SelectByToken = new($"SELECT {Columns} FROM booking_pages p JOIN accounts a ON a.id = p.account_id WHERE p.token_hash = $1 AND a.disabled = FALSE");
    static readonly Sql SelectById = new($"SELECT {Columns} FROM booking_pages p JOIN accounts a ON a.id = p.account_id WHERE p.id = $1 AND a.disabled = FALSE");
    static readonly Sql Insert = new("INSERT INTO booking_pages (account_id, token_hash, token_sealed, settings, created_at) VALUES ($1, $2, $3, $4, $5) RETURNING id");
    static readonly Sql UpdateSettings = new("UPDATE booking_pages SET settings = $2 WHERE id = $1");
    static readonly Sql DeleteById = new("DELETE FROM booking_pages WHERE id = $1");

    /// <summary>Those of an account.</summary>
    public static ValueTask<List<BookingPageRow>> Of(ReadScope scope, AccountId account) => scope.List(SelectOfAccount, Map, account);

    /// <summary>The page of a token, by the SHA-256 of that; null where there is none, or its account is disabled.</summary>
    public static ValueTask<BookingPageRow?> Find(ReadScope scope, byte[] tokenHash) => scope.First(SelectByToken, Map, tokenHash);

    /// <summary>The page of a number; null where there is none, or its account is disabled.</summary>
    public static ValueTask<BookingPageRow?> Find(ReadScope scope, long id) => scope.First(SelectById, Map, id);

    /// <summary>Makes one.</summary>
    public static async ValueTask<long> Create(WriteScope scope, BookingPageRow row, byte[] tokenHash) =>
        (await scope.Long(Insert, row.Account, tokenHash, row.Sealed, BookingSettingsJson.Write(row.Settings).ToJsonString(), row.CreatedAt))!.Value;

    /// <summary>Stores what is said of it.</summary>
    public static async ValueTask Update(WriteScope scope, long id, BookingSettings settings) => await scope.Execute(UpdateSettings, id, BookingSettingsJson.Write(settings).ToJsonString());

    /// <summary>Removes one, and with it what guests change their bookings by.</summary>
    public static async ValueTask Delete(WriteScope scope, long id) => await scope.Execute(DeleteById, id);

    static BookingPageRow Map(Row row) => new(row.Long(0), new AccountId(row.Long(1)), row.Text(2), Settings(row.Text(3)), row.Time(4));

    static BookingSettings Settings(string text) =>
        BookingSettingsJson.Read(JsonNode.Parse(text)!.AsObject(), null, new InvalidProperties()) ?? throw new InvalidDataException("The settings of a booking page in the table are none.");
}

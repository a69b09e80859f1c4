using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Bastide.Platform.Db;

namespace Bastide.Calendar.Store;

/// <summary>The calendars, and what each person has of their own of them.</summary>
static class CalendarTable
{
    const string Columns = "id, resource, name, description, color, time_zone, kinds, is_default, members_seq, created_seq, changed_seq, extra";
    const string ViewColumns = "v.is_subscribed, v.is_visible, v.name, v.color, v.time_zone, v.sort_order, v.availability, v.alerts_with_time, v.alerts_without_time";

    /// <summary>What changed since, for every protocol.</summary>
    public static ItemTable Items { get; } = new(CalendarTypes.Calendar, "calendars");

    static readonly Sql SelectAll = new($"SELECT {Columns} FROM calendars WHERE account_id = $1 ORDER BY id LIMIT 1000");
    static readonly Sql SelectOne = new($"SELECT {Columns} FROM calendars WHERE id = $2 AND account_id = $1");
    static readonly Sql SelectByResource = new($"SELECT {Columns} FROM calendars WHERE account_id = $1 AND resource = $2");
    static readonly Sql SelectDefault = new($"SELECT {Columns} FROM calendars WHERE account_id = $1 AND is_default = TRUE ORDER BY id LIMIT 1");

    static readonly Sql SelectViews = new($"""
        SELECT c.id, {ViewColumns} FROM calendars c JOIN calendar_views v ON v.calendar_id = c.id AND v.person_id = $2 WHERE c.account_id = $1 LIMIT 1000
        """);

    static readonly Sql SelectViewsOfPeople = new($"SELECT v.calendar_id, {ViewColumns}, v.person_id FROM calendar_views v WHERE v.calendar_id {{any $1}} AND v.person_id {{any $2}}");
    static readonly Sql SelectDefaultZones = new("SELECT account_id, time_zone FROM calendars WHERE account_id {any $1} AND is_default = TRUE AND time_zone IS NOT NULL");

    static readonly Sql SelectAvailabilities = new("""
        SELECT c.id, v.is_subscribed, v.availability FROM calendars c LEFT JOIN calendar_views v ON v.calendar_id = c.id AND v.person_id = $2 WHERE c.account_id = $1 LIMIT 1000
        """);

    static readonly Sql Insert = new("""
        INSERT INTO calendars (account_id, resource, name, description, color, time_zone, kinds, is_default, members_seq, created_seq, changed_seq, extra)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $9, $10) RETURNING id
        """);

    static readonly Sql UpdateRow = new("UPDATE calendars SET name = $2, description = $3, color = $4, time_zone = $5, changed_seq = $6, extra = $7 WHERE id = $1");
    static readonly Sql UpdateChanged = new("UPDATE calendars SET changed_seq = $2 WHERE id = $1");
    static readonly Sql UpdateMembers = new("UPDATE calendars SET members_seq = $2 WHERE id = $1");
    static readonly Sql UpdateDefault = new("UPDATE calendars SET is_default = (id = $2), changed_seq = $3 WHERE account_id = $1 AND (is_default = TRUE OR id = $2)");
    static readonly Sql DeleteById = new("DELETE FROM calendars WHERE id = $1");

    static readonly Sql UpsertView = new("""
        INSERT INTO calendar_views (calendar_id, person_id, is_subscribed, is_visible, name, color, time_zone, sort_order, availability, alerts_with_time, alerts_without_time)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        ON CONFLICT (calendar_id, person_id) DO UPDATE SET is_subscribed = excluded.is_subscribed, is_visible = excluded.is_visible, name = excluded.name, color = excluded.color,
            time_zone = excluded.time_zone, sort_order = excluded.sort_order, availability = excluded.availability, alerts_with_time = excluded.alerts_with_time, alerts_without_time = excluded.alerts_without_time
        """);

    /// <summary>Every calendar of the account.</summary>
    public static ValueTask<List<CalendarRow>> All(ReadScope scope, AccountId account) => scope.List(SelectAll, Map, account);

    /// <summary>A calendar of the account, or null.</summary>
    public static ValueTask<CalendarRow?> Find(ReadScope scope, AccountId account, long id) => scope.First(SelectOne, Map, account, id);

    /// <summary>The same by its DAV name.</summary>
    public static ValueTask<CalendarRow?> Find(ReadScope scope, AccountId account, string resource) => scope.First(SelectByResource, Map, account, resource);

    /// <summary>The default calendar, or null.</summary>
    public static ValueTask<CalendarRow?> Default(ReadScope scope, AccountId account) => scope.First(SelectDefault, Map, account);

    /// <summary>What a person has of their own of the account's calendars.</summary>
    public static async ValueTask<Dictionary<long, CalendarView>> Views(ReadScope scope, AccountId account, AccountId person) =>
        (await scope.List(SelectViews, row => (Id: row.Long(0), View: MapView(row)), account, person)).ToDictionary(view => view.Id, view => view.View);

    /// <summary>What some people have of their own of some calendars.</summary>
    public static async ValueTask<Dictionary<(long Calendar, AccountId Person), CalendarView>> Views(ReadScope scope, IReadOnlyCollection<long> calendars, IReadOnlyCollection<AccountId> people) =>
        (await scope.List(SelectViewsOfPeople, row => (Id: row.Long(0), Person: new AccountId(row.Long(10)), View: MapView(row)), calendars.ToArray(), people.Select(person => person.Value).ToArray()))
        .ToDictionary(view => (view.Id, view.Person), view => view.View);

    /// <summary>The zones of the default calendars of some accounts that say one.</summary>
    public static async ValueTask<Dictionary<AccountId, string>> DefaultZones(ReadScope scope, IReadOnlyCollection<AccountId> accounts) =>
        (await scope.List(SelectDefaultZones, row => (Account: new AccountId(row.Long(0)), Zone: row.Text(1)), accounts.Select(account => account.Value).ToArray())).DistinctBy(one => one.Account).ToDictionary(one => one.Account, one => one.Zone);

    /// <summary>Whether the person is subscribed to the account's calendars, and what of them counts; null where nothing was said.</summary>
    public static ValueTask<List<(long Calendar, bool? IsSubscribed, CalendarAvailability? Availability)>> Availabilities(ReadScope scope, AccountId account, AccountId person) =>
        scope.List(SelectAvailabilities, row => (row.Long(0), row.IsNull(1) ? null : (bool?)row.Bool(1), row.LongOrNull(2) is { } availability ? (CalendarAvailability?)availability : null), account, person);

    /// <summary>Makes a calendar.</summary>
    public static async ValueTask<long> Create(WriteScope scope, AccountId account, CalendarRow row, Sequence seq) =>
        (await scope.Long(Insert, account, row.Resource, row.Name, row.Description, row.Color, row.TimeZone, row.Kinds, row.IsDefault, seq, row.Extra))!.Value;

    /// <summary>Stores what is shared of it.</summary>
    public static async ValueTask Update(WriteScope scope, CalendarRow row, Sequence seq) =>
        await scope.Execute(UpdateRow, row.Id, row.Name, row.Description, row.Color, row.TimeZone, seq, row.Extra);

    /// <summary>Tells that something of it changed that is not in its row.</summary>
    public static async ValueTask Touch(WriteScope scope, long id, Sequence seq) => await scope.Execute(UpdateChanged, id, seq);

    /// <summary>Tells that an object in it changed.</summary>
    public static ValueTask TouchMembers(WriteScope scope, IEnumerable<long> ids, Sequence seq) => scope.ExecuteMany(UpdateMembers, [.. ids.Select(id => new object?[] { id, seq })]);

    /// <summary>Makes it the default instead of the one that is.</summary>
    public static async ValueTask SetDefault(WriteScope scope, AccountId account, long id, Sequence seq) => await scope.Execute(UpdateDefault, account, id, seq);

    /// <summary>Removes it with what it holds.</summary>
    public static async ValueTask Delete(WriteScope scope, long id) => await scope.Execute(DeleteById, id);

    /// <summary>Stores what a person has of their own.</summary>
    public static async ValueTask SetView(WriteScope scope, long id, AccountId person, CalendarView view) =>
        await scope.Execute(UpsertView, id, person, view.IsSubscribed, view.IsVisible, view.Name, view.Color, view.TimeZone, view.SortOrder, view.Availability, view.AlertsWithTime, view.AlertsWithoutTime);

    static CalendarRow Map(Row row) => new()
    {
        Id = row.Long(0),
        Resource = row.Text(1),
        Name = row.Text(2),
        Description = row.TextOrNull(3),
        Color = row.TextOrNull(4),
        TimeZone = row.TextOrNull(5),
        Kinds = (CalendarKinds)row.Long(6),
        IsDefault = row.Bool(7),
        MembersSeq = new Sequence(row.Long(8)),
        CreatedSeq = new Sequence(row.Long(9)),
        ChangedSeq = new Sequence(row.Long(10)),
        Extra = row.TextOrNull(11),
    };

    static CalendarView MapView(Row row) => new()
    {
        IsSubscribed = row.IsNull(1) ? null : row.Bool(1),
        IsVisible = row.IsNull(2) ? null : row.Bool(2),
        Name = row.TextOrNull(3),
        Color = row.TextOrNull(4),
        TimeZone = row.TextOrNull(5),
        SortOrder = row.LongOrNull(6),
        Availability = row.LongOrNull(7) is { } availability ? (CalendarAvailability)availability : null,
        AlertsWithTime = row.TextOrNull(8),
        AlertsWithoutTime = row.TextOrNull(9),
    };
}

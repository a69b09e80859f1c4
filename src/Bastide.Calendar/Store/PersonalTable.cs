using Bastide.Platform.Accounts;
using Bastide.Platform.Db;

namespace Bastide.Calendar.Store;

/// <summary>What each person has of their own of events in calendars that are shared.</summary>
static class PersonalTable
{
    static readonly Sql SelectOf = new("SELECT object_id, properties FROM calendar_event_views WHERE person_id = $2 AND object_id {any $1}");
    static readonly Sql SelectOfObjects = new("SELECT object_id, person_id, properties FROM calendar_event_views WHERE object_id {any $1} LIMIT 20000");
    static readonly Sql Upsert = new("""
        INSERT INTO calendar_event_views (object_id, person_id, properties) VALUES ($1, $2, $3) ON CONFLICT (object_id, person_id) DO UPDATE SET properties = excluded.properties
        """);

    static readonly Sql Delete = new("DELETE FROM calendar_event_views WHERE object_id = $1 AND person_id = $2");

    /// <summary>What a person has of some objects, as JSON.</summary>
    public static async ValueTask<Dictionary<long, string>> Of(ReadScope scope, AccountId person, IReadOnlyCollection<long> objects) =>
        objects.Count == 0 ? [] : (await scope.List(SelectOf, row => (Id: row.Long(0), Json: row.Text(1)), objects.ToArray(), person)).ToDictionary(row => row.Id, row => row.Json);

    /// <summary>What anybody has of some objects.</summary>
    public static ValueTask<List<(long ObjectId, AccountId Person, string Json)>> OfObjects(ReadScope scope, IReadOnlyCollection<long> objects) =>
        scope.List(SelectOfObjects, row => (row.Long(0), new AccountId(row.Long(1)), row.Text(2)), objects.ToArray());

    /// <summary>Stores it; null takes it away.</summary>
    public static async ValueTask Set(WriteScope scope, long objectId, AccountId person, string? properties)
    {
        if (properties is null) await scope.Execute(Delete, objectId, person);
        else await scope.Execute(Upsert, objectId, person, properties);
        await AlarmPlanTable.Mark(scope, objectId);
    }
}

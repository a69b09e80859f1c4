namespace Bastide.Conformance.Imap;

public sealed class PromisesOnPostgres : PromiseContract
{
    PostgresCluster? _cluster;
    string? _database;

    protected override async Task<string?> Database()
    {
        _cluster = await PostgresCluster.Shared();
        return _database = await _cluster.CreateDatabase();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_database is not null) await _cluster!.DropDatabase(_database);
    }
}

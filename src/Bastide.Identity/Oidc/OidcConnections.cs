using Bastide.Platform.Db;
using Microsoft.Data.Sqlite;

namespace Bastide.Identity.Oidc;

/// <summary>
/// How EF reaches the workplace's database. It opens a connection for each thing it does; on the embedded engine those
/// are kept open between, because a new one reads and parses the whole schema first.
/// </summary>
sealed class OidcConnections(Database database) : IDisposable
{
    /// <summary>What EF connects with.</summary>
    public string ConnectionString { get; } = database.Engine == Engine.Sqlite
        ? new SqliteConnectionStringBuilder(database.ConnectionString) { Pooling = true }.ToString()
        : database.ConnectionString;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (database.Engine != Engine.Sqlite) return;
        using var any = new SqliteConnection(ConnectionString);
        SqliteConnection.ClearPool(any);
    }
}

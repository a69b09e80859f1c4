using System.Diagnostics;
using Npgsql;

namespace Bastide.Testing;

/// <summary>
/// A PostgreSQL cluster for tests. <c>BASTIDE_TEST_POSTGRES</c> names a ready one; otherwise one is made in a directory
/// of its own and listens on a Unix socket there. A shell guards it whose input is a pipe of this process: when the
/// process ends, however it ends, the pipe closes, the shell stops the cluster and removes its files.
/// </summary>
public sealed class PostgresCluster : IDisposable
{
    static readonly Lazy<Task<PostgresCluster>> OfThisProcess = new(() => Task.Run(() => Start(durable: false)));

    // $1 the directory of the cluster, $2 the binaries, $3 the options of the server, $4 who runs it: root may not.
    const string Guard = """
        set -e
        DIR="$1"; BIN="$2"; OPTIONS="$3"; AS=""
        chmod 755 "$DIR"
        if [ "$4" = root ]; then chown postgres "$DIR"; AS="setpriv --reuid=postgres --regid=postgres --init-groups"; fi
        cd "$DIR"
        $AS "$BIN/initdb" -D "$DIR/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$DIR/log" 2>&1 || { cat "$DIR/log"; exit 1; }
        $AS "$BIN/postgres" -D "$DIR/data" -k "$DIR" -c listen_addresses= $OPTIONS >>"$DIR/log" 2>&1 </dev/null &
        SERVER=$!
        for i in $(seq 600); do
          "$BIN/pg_isready" -q -h "$DIR" -U postgres && break
          kill -0 $SERVER 2>/dev/null || { cat "$DIR/log"; exit 1; }
          sleep 0.05
        done
        echo ready
        set +e
        cat >/dev/null
        kill -QUIT $SERVER 2>/dev/null
        wait $SERVER
        rm -rf "$DIR"
        """;

    readonly Process? _guard;

    PostgresCluster(string connectionString, Process? guard)
    {
        ConnectionString = connectionString;
        _guard = guard;
    }

    /// <summary>How to reach it, without a database.</summary>
    public string ConnectionString { get; }

    /// <summary>The cluster that all tests of this process share; it is started by the first that asks.</summary>
    public static Task<PostgresCluster> Shared() => OfThisProcess.Value;

    /// <summary>Starts a cluster, or takes the one the environment names. A durable one flushes its commits to the disk.</summary>
    public static async Task<PostgresCluster> Start(bool durable, string? below = null)
    {
        if (!durable && Environment.GetEnvironmentVariable("BASTIDE_TEST_POSTGRES") is { Length: > 0 } ready)
            return new PostgresCluster(ready, null);

        var directory = Path.Combine(below ?? "/tmp", "bastide-pg-" + Path.GetRandomFileName().Replace(".", "", StringComparison.Ordinal));
        Directory.CreateDirectory(directory);
        var options = "-c max_connections=400 -c shared_buffers=128MB -c max_wal_size=2GB -c log_min_messages=warning"
            + (durable ? "" : " -c fsync=off -c synchronous_commit=off -c full_page_writes=off");
        var guard = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Guard, "sh", directory, Binaries(), options, Environment.IsPrivilegedProcess ? "root" : "self"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var said = "";
        while (await guard.StandardOutput.ReadLineAsync() is { } line && line != "ready") said += line + "\n";
        if (said.Length > 0 || guard.HasExited) throw new InvalidOperationException($"PostgreSQL did not start in {directory}: {said}");
        var cluster = new PostgresCluster($"Host={directory};Username=postgres", guard);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => cluster.Dispose();
        return cluster;
    }

    /// <summary>Makes an empty database and answers how to connect to it.</summary>
    public async Task<string> CreateDatabase()
    {
        var name = "t_" + Path.GetRandomFileName().Replace(".", "", StringComparison.Ordinal);
        await Execute($"CREATE DATABASE {name} TEMPLATE template0");
        return new NpgsqlConnectionStringBuilder(ConnectionString) { Database = name, MaxPoolSize = 24, ConnectionIdleLifetime = 10, Timeout = 60 }.ToString();
    }

    /// <summary>Removes a database that <see cref="CreateDatabase"/> made, whoever is still connected.</summary>
    public Task DropDatabase(string connectionString) =>
        Execute($"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(connectionString).Database} WITH (FORCE)");

    public void Dispose()
    {
        if (_guard is null || _guard.HasExited) return;
        _guard.StandardInput.Close();
        _guard.WaitForExit(TimeSpan.FromSeconds(10));
    }

    async Task Execute(string statement)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString) { Database = "postgres", Pooling = false, Timeout = 60 }.ToString());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }

    static string Binaries()
    {
        const string versions = "/usr/lib/postgresql";
        var found = Directory.Exists(versions)
            ? Directory.GetDirectories(versions).Select(d => Path.Combine(d, "bin")).Where(d => File.Exists(Path.Combine(d, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault()
            : null;
        return found ?? throw new InvalidOperationException("PostgreSQL is not installed: apt-get install postgresql, or name a cluster in BASTIDE_TEST_POSTGRES.");
    }
}

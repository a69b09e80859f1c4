using System.Globalization;
using System.Threading.Channels;
using Bastide.Platform.Accounts;
using Bastide.Platform.Changes;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Bastide.Platform.Db;

/// <summary>
/// Carries wake-ups between processes with LISTEN and NOTIFY. They are sent after the commit and apart from it: NOTIFY
/// within a transaction makes all commits of the database wait for one another. A lost one costs latency only.
/// </summary>
sealed class PostgresBus : IAsyncDisposable
{
    const string ChannelName = "bastide_changes";
    const int MostInOneMessage = 100;
    static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(20);
    static readonly TimeSpan ReconnectAfter = TimeSpan.FromSeconds(2);
    readonly string _node = Guid.NewGuid().ToString("N");
    readonly string _connectionString;
    readonly ILogger _logger;
    readonly Channel<AccountChanged> _outgoing = Channel.CreateBounded<AccountChanged>(new BoundedChannelOptions(4096) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest });
    readonly Lock _starting = new();
    Task? _sending;

    public PostgresBus(string connectionString, ILogger logger)
    {
        // Connections of its own: one listens for ever, the other must not wait behind the pool.
        _connectionString = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, KeepAlive = 30 }.ConnectionString;
        _logger = logger;
    }

    /// <summary>Tells the other processes, soon.</summary>
    public void Announce(AccountChanged change)
    {
        _outgoing.Writer.TryWrite(change);
        if (_sending is not null) return;
        lock (_starting) _sending ??= Task.Run(Send);
    }

    /// <summary>Publishes what other processes announce, until cancelled.</summary>
    public async Task Listen(ChangeFeed feed, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(_connectionString);
                await connection.OpenAsync(cancellation);
                connection.Notification += (_, message) => Publish(feed, message.Payload);
                await using (var listen = new NpgsqlCommand("LISTEN " + ChannelName, connection)) await listen.ExecuteNonQueryAsync(cancellation);
                // Whatever was announced while nobody listened.
                feed.PublishAnything();
                while (true) await connection.WaitAsync(cancellation);
            }
            catch (Exception exception) when (!cancellation.IsCancellationRequested)
            {
                _logger.LogWarning("The line to other processes was lost and is taken up again: {Reason}", exception.Message);
                await Task.Delay(ReconnectAfter, cancellation);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _outgoing.Writer.TryComplete();
        if (_sending is not null) await _sending;
    }

    async Task Send()
    {
        NpgsqlConnection? connection = null;
        while (await _outgoing.Reader.WaitToReadAsync())
        {
            try
            {
                if (connection is null)
                {
                    connection = new NpgsqlConnection(_connectionString);
                    await connection.OpenAsync();
                    await using var setting = new NpgsqlCommand("SET synchronous_commit = off", connection);
                    await setting.ExecuteNonQueryAsync();
                }

                await using var notify = new NpgsqlCommand("SELECT pg_notify($1, $2)", connection) { Parameters = { new() { Value = ChannelName }, new() { Value = Message() } } };
                await notify.ExecuteNonQueryAsync();
            }
            catch (Exception exception)
            {
                _logger.LogDebug(exception, "A wake-up for other processes was lost");
                if (connection is not null) await connection.DisposeAsync();
                connection = null;
            }

            if (!_outgoing.Reader.Completion.IsCompleted && _outgoing.Reader.Count == 0) await Task.Delay(Rest);
        }

        if (connection is not null) await connection.DisposeAsync();
    }

    /// <summary>Everything that waits, each account once: <c>node account:seq:type,type account:…</c>. A message holds less than 8,000 octets.</summary>
    string Message()
    {
        var changes = new Dictionary<AccountId, (Sequence Seq, HashSet<string> Types)>();
        while (changes.Count < MostInOneMessage && _outgoing.Reader.TryRead(out var change))
        {
            var known = changes.TryGetValue(change.Account, out var earlier) ? earlier : (Seq: change.Seq, Types: []);
            known.Types.UnionWith(change.Types.Select(type => type.Name));
            changes[change.Account] = (change.Seq > known.Seq ? change.Seq : known.Seq, known.Types);
        }

        var message = string.Join(' ', changes.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Key.Value}:{c.Value.Seq.Value}:{string.Join(',', c.Value.Types)}")).Prepend(_node));
        return message.Length < 7900 ? message : string.Join(' ', changes.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Key.Value}:{c.Value.Seq.Value}:")).Prepend(_node));
    }

    void Publish(ChangeFeed feed, string message)
    {
        var parts = message.Split(' ');
        if (parts[0] == _node) return;
        foreach (var part in parts.AsSpan(1))
        {
            if (part.Split(':') is not [var account, var seq, var types]) continue;
            if (!long.TryParse(account, CultureInfo.InvariantCulture, out var id) || !long.TryParse(seq, CultureInfo.InvariantCulture, out var number)) continue;
            feed.Publish(new AccountChanged(new AccountId(id), [.. types.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(type => new DataType(type))], new Sequence(number)));
        }
    }
}

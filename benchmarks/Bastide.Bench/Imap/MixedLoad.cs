using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Bastide.Bench.Imap;

/// <summary>
/// What a hundred mail programs do, again and again: look at flags, envelopes and bodies, search, mark, append, copy, remove,
/// ask for status, be idle. Each is one command that is timed.
/// </summary>
sealed class MixedLoad(int port, IReadOnlyList<(string User, string Password)> people, int clients)
{
    static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);
    static readonly TimeSpan Counted = TimeSpan.FromSeconds(20);

    // How often each is done, of 100.
    static readonly (string Name, int Weight, Func<Client, CancellationToken, Task> Do)[] Verbs =
    [
        ("FETCH flags of 200", 20, (client, c) => client.Fetch(200, "(FLAGS)", c)),
        ("FETCH envelopes of 50", 15, (client, c) => client.Fetch(50, "(FLAGS INTERNALDATE RFC822.SIZE ENVELOPE)", c)),
        ("FETCH a body", 15, (client, c) => client.Fetch(1, "(BODY.PEEK[])", c)),
        ("SEARCH flags and dates", 5, (client, c) => client.Driver.Do("UID SEARCH UNSEEN SINCE 1-Feb-2021", c)),
        ("SEARCH subjects and senders", 4, (client, c) => client.Driver.Do($"UID SEARCH OR SUBJECT \"{Mail.MailCorpus.Word(client.Random.Next(300))}\" FROM \"person{client.Random.Next(100)}@\"", c)),
        ("SEARCH texts", 1, (client, c) => client.Driver.Do($"UID SEARCH BODY \"{Mail.MailCorpus.Word(500 + client.Random.Next(20_000))}\"", c)),
        ("STORE", 10, (client, c) => client.Driver.Do($"UID STORE {client.Any()} {(client.Random.Next(2) == 0 ? '+' : '-')}FLAGS (\\Flagged)", c)),
        ("APPEND", 6, (client, c) => client.Driver.Append("Archive", client.Message(), c)),
        ("COPY", 3, (client, c) => client.Driver.Do($"UID COPY {client.Any()} Archive", c)),
        ("STORE and EXPUNGE", 3, (client, c) => client.Remove(c)),
        ("STATUS", 10, (client, c) => client.Driver.Do("STATUS Archive (MESSAGES UNSEEN UIDNEXT)", c)),
        ("IDLE", 5, (client, c) => client.Driver.Idle(c)),
        ("NOOP", 3, (client, c) => client.Driver.Do("NOOP", c)),
    ];

    /// <summary>Runs it; answers commands a second, and the times of each command in milliseconds, sorted.</summary>
    public async Task<(double PerSecond, double[] Times, IReadOnlyDictionary<string, double[]> Each)> Run(CancellationToken cancellation)
    {
        var connected = new List<Client>();
        for (var i = 0; i < clients; i++) connected.Add(await Client.Start(port, people[i % people.Count], i, cancellation));
        var times = Verbs.ToDictionary(verb => verb.Name, _ => new ConcurrentBag<double>());
        var (counting, over) = (false, false);
        var running = connected.Select(client => Task.Run(async () =>
        {
            while (!Volatile.Read(ref over))
            {
                var verb = Pick(client.Random.Next(100));
                var started = Stopwatch.GetTimestamp();
                await verb.Do(client, cancellation);
                if (Volatile.Read(ref counting)) times[verb.Name].Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        }, cancellation)).ToList();
        await Task.WhenAny([Task.Delay(WarmUp, cancellation), .. running]);
        Volatile.Write(ref counting, true);
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAny([Task.Delay(Counted, cancellation), .. running]);
        var took = Stopwatch.GetElapsedTime(began);
        Volatile.Write(ref counting, false);
        Volatile.Write(ref over, true);
        await Task.WhenAll(running);
        foreach (var client in connected) client.Driver.Dispose();
        double[] all = [.. times.Values.SelectMany(bag => bag).Order()];
        return (all.Length / took.TotalSeconds, all, times.ToDictionary(each => each.Key, each => each.Value.Order().ToArray()));
    }

    static (string Name, int Weight, Func<Client, CancellationToken, Task> Do) Pick(int of100)
    {
        foreach (var verb in Verbs)
            if ((of100 -= verb.Weight) < 0)
                return verb;
        return Verbs[0];
    }

    /// <summary>One mail program with its inbox open.</summary>
    sealed class Client(ImapDriver driver, int seed)
    {
        List<uint> _uids = [];

        public ImapDriver Driver => driver;

        public Random Random { get; } = new(seed);

        public static async Task<Client> Start(int port, (string User, string Password) person, int seed, CancellationToken cancellation)
        {
            var client = new Client(await ImapDriver.SignIn(port, person.User, person.Password, cancellation), seed);
            await client.Driver.Do("SELECT INBOX", cancellation);
            await client.Driver.Do("UID SEARCH ALL", client.Read, cancellation);
            return client;
        }

        public uint Any() => _uids[Random.Next(_uids.Count)];

        public Task<long> Fetch(int count, string items, CancellationToken cancellation)
        {
            var from = Random.Next(Math.Max(1, _uids.Count - count));
            return driver.Do(string.Create(CultureInfo.InvariantCulture, $"UID FETCH {_uids[from]}:{_uids[Math.Min(_uids.Count - 1, from + count - 1)]} {items}"), cancellation);
        }

        public async Task Remove(CancellationToken cancellation)
        {
            var at = Random.Next(_uids.Count);
            var uid = _uids[at];
            _uids.RemoveAt(at);
            await driver.Do($"UID STORE {uid} +FLAGS.SILENT (\\Deleted)", cancellation);
            await driver.Do($"EXPUNGE", cancellation);
        }

        public byte[] Message()
        {
            var words = new StringBuilder();
            for (var i = 0; i < 300; i++) words.Append(Mail.MailCorpus.Word(Random.Next(2000))).Append(i % 12 == 11 ? "\r\n" : " ");
            return Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
                $"From: Alice <alice@demo.localhost>\r\nTo: person{Random.Next(100)}@example.org\r\nSubject: {Mail.MailCorpus.Word(Random.Next(300))} {Random.Next()}\r\nDate: Mon, 2 Mar 2026 10:00:00 +0000\r\nMessage-ID: <{Guid.NewGuid():N}@demo.localhost>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{words}\r\n"));
        }

        // "* SEARCH 1 2 3", or "* ESEARCH (TAG "t2") UID ALL 1:3,5".
        void Read(string line)
        {
            if (line.StartsWith("* SEARCH ", StringComparison.Ordinal)) _uids = [.. line[9..].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(uid => uint.Parse(uid, CultureInfo.InvariantCulture))];
            if (!line.StartsWith("* ESEARCH ", StringComparison.Ordinal)) return;
            foreach (var range in line[(line.LastIndexOf(' ') + 1)..].Split(','))
            {
                var ends = range.Split(':').Select(uid => uint.Parse(uid, CultureInfo.InvariantCulture)).ToList();
                for (var uid = ends[0]; uid <= ends[^1]; uid++) _uids.Add(uid);
            }
        }
    }
}

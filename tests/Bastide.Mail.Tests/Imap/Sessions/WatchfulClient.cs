using System.Globalization;
using System.Text.RegularExpressions;
using Bastide.Mail.Imap;
using Bastide.Mail.Tests.Smtp;
using Bastide.Platform.Limits;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace Bastide.Mail.Tests.Imap.Sessions;

/// <summary>
/// A client that keeps a mailbox in mind by what it is told alone, and minds the rules: what is gone is told only where
/// numbers may move (RFC 9051 §7.5.1), EXISTS never takes anything away (§5.2), a number always stands for the same UID,
/// what was not asked for carries its UID (§7.5.2), and VANISHED names nothing the client does not have (RFC 7162 §3.2.10).
/// </summary>
sealed partial class WatchfulClient(MailWorkplace workplace, bool isQresync) : IAsyncDisposable
{
    SmtpPeer? _peer;
    int _tags;
    long _heard;
    long? _said;
    bool _mayExpunge;
    bool _asked;
    string _command = "";
    (HashSet<uint> Uids, string Flag, bool IsSet)? _silent;

    /// <summary>The UIDs by message number; null where the client was told of a message and did not look yet.</summary>
    public List<uint?> Uids { get; private set; } = [];

    /// <summary>The flags of what it knows, as it was told.</summary>
    public Dictionary<uint, string> Flags { get; } = [];

    /// <summary>Up to where it knows everything, as RFC 7162 §6 has a client reckon it.</summary>
    public long HighestModSeq { get; private set; }

    public uint UidValidity { get; private set; }

    public bool IsConnected => _peer is not null;

    /// <summary>Opens the mailbox for the first time, and learns it whole.</summary>
    public async Task Open()
    {
        await Connect();
        await Say("SELECT INBOX", mayExpunge: false);
        await Look();
    }

    /// <summary>
    /// Opens it again with what is left of the last time. Answers what it is told to have of what it had, by UID, for a
    /// client that can ask for that. Where others act meanwhile nothing is known of what they did between two answers.
    /// </summary>
    public async Task Return(bool isAlone)
    {
        var known = Flags.Keys.Order().ToList();
        await Connect();
        Uids = [];
        if (!isQresync) Flags.Clear();
        var next = known.Count == 0 ? 0 : known[^1];
        await Say(isQresync && known.Count > 0 ? $"SELECT INBOX (QRESYNC ({UidValidity} {HighestModSeq} 1:{next}))" : "SELECT INBOX", mayExpunge: false);
        if (!isQresync)
        {
            await Look();
            return;
        }

        // What it believes to know now against what there is: flags that were not told again must be what they were.
        var believed = known.Where(Flags.ContainsKey).ToDictionary(uid => uid, uid => Flags[uid]);
        await Look();
        if (!isAlone) return;
        known.Intersect(Uids.OfType<uint>()).ToList().ShouldBe([.. believed.Keys], customMessage: "what is left of the last time");
        foreach (var (uid, flags) in believed) Flags[uid].ShouldBe(flags, $"the flags of {uid} after coming back");
    }

    /// <summary>The connection breaks, perhaps with a command under way; where nobody else acts, that has had its end.</summary>
    public async Task Break(string? under, bool isAlone)
    {
        var before = Connections();
        if (under is not null) await _peer!.Send($"x{++_tags} {under}\r\n");
        await _peer!.DisposeAsync();
        _peer = null;
        if (isAlone) await Bastide.Testing.Wait.Until(() => Connections() < before, "the server is done with it");
    }

    int Connections() => workplace.Services.GetRequiredService<Limiter>().Taken(new ImapLimits().AllConnections, "");

    /// <summary>Says a command, and takes in all that comes before its answer, which is OK; with an answer it may be refused.</summary>
    public async Task<string> Say(string command, bool mayExpunge = true, bool mayFail = false)
    {
        var tag = await Begin(command);
        return await Hear(tag, command, mayExpunge, mayFail);
    }

    /// <summary>Changes a flag of these messages without being told what becomes of it, and minds that itself.</summary>
    public async Task StoreSilently(IReadOnlyCollection<int> numbers, string flag, bool isSet)
    {
        _silent = ([.. numbers.Select(number => Uids[number - 1]!.Value)], flag, isSet);
        await Say($"STORE {string.Join(',', numbers)} {(isSet ? '+' : '-')}FLAGS.SILENT ({flag})", mayExpunge: false);
        // Those that nothing was told of are as they were, but for this.
        if (!isQresync)
            foreach (var uid in _silent.Value.Uids)
                Change(uid, flag, isSet);
        _silent = null;
    }

    /// <summary>Says several commands at once, of those that may follow one another so (RFC 9051 §5.5).</summary>
    public async Task SayAll(params string[] commands)
    {
        var tags = new List<string>();
        foreach (var command in commands) tags.Add(await Begin(command));
        foreach (var (tag, command) in tags.Zip(commands)) await Hear(tag, command, mayExpunge: false, mayFail: false);
    }

    /// <summary>Waits idle until there are so many messages, or so few.</summary>
    public async Task IdleUntil(Func<int, bool> isEnough)
    {
        var tag = await Begin("IDLE");
        (await _peer!.ReadLine()).ShouldBe("+ idling");
        (_mayExpunge, _asked) = (true, false);
        while (!isEnough(Uids.Count)) Take(await Line());
        await _peer.Send("DONE\r\n");
        await Hear(tag, "IDLE", mayExpunge: true, mayFail: false);
    }

    /// <summary>Asks for everything there is, and finds it as it was told.</summary>
    public async Task FindsWhatItWasTold()
    {
        await Say("NOOP");
        await Look();
        var (uids, flags) = (Uids.ToList(), Flags.ToDictionary());
        await Say("FETCH 1:* (UID FLAGS)", mayExpunge: false, mayFail: uids.Count == 0);
        Uids.ShouldBe(uids);
        foreach (var uid in uids.OfType<uint>()) Flags[uid].ShouldBe(flags[uid], $"the flags of {uid}");
        if (!isQresync) return;
        HighestModSeq.ShouldBeGreaterThan(0);
    }

    public async ValueTask DisposeAsync()
    {
        if (_peer is not null) await _peer.DisposeAsync();
    }

    /// <summary>Learns of the messages it was told of and has not seen.</summary>
    async Task Look()
    {
        while (Uids.IndexOf(null) is var first and >= 0)
        {
            await Say($"FETCH {first + 1}:{Uids.Count} (UID FLAGS)", mayExpunge: false, mayFail: true);
            // One that somebody removed meanwhile has nothing to show, and only here may it be said to be gone.
            if (Uids.IndexOf(null) == first) await Say("NOOP");
        }
    }

    async Task Connect()
    {
        _peer = await SmtpPeer.Connect(workplace.Imap);
        (await _peer.ReadLine()).ShouldStartWith("* OK");
        await Say($"LOGIN alice@demo.localhost {FakeSignIn.Password}");
        if (isQresync) await Say("ENABLE QRESYNC");
    }

    async Task<string> Begin(string command)
    {
        var tag = $"x{++_tags}";
        await _peer!.Send($"{tag} {command}\r\n");
        return tag;
    }

    async Task<string> Hear(string tag, string command, bool mayExpunge, bool mayFail)
    {
        (_command, _mayExpunge) = (command, mayExpunge);
        _asked = command.Contains("FETCH", StringComparison.Ordinal) || command.Contains("STORE", StringComparison.Ordinal);
        while (await Line() is { } line)
        {
            if (!line.StartsWith(tag + " ", StringComparison.Ordinal))
            {
                Take(line);
                continue;
            }

            if (!mayFail) line.ShouldStartWith($"{tag} OK", customMessage: command);
            if (HighestCode().Match(line) is { Success: true } code) _said = Number(code);
            // RFC 7162 §6: what the server says counts; without it the highest that was heard.
            if (_said is { } said) HighestModSeq = said;
            else HighestModSeq = Math.Max(HighestModSeq, _heard);
            (_said, _heard) = (null, 0);
            return line;
        }

        throw new IOException($"The server hung up at {command}.");
    }

    async Task<string> Line() => await _peer!.ReadLine() ?? throw new IOException("The server hung up.");

    void Take(string line)
    {
        if (Exists().Match(line) is { Success: true } exists)
        {
            Number(exists).ShouldBeGreaterThanOrEqualTo(Uids.Count, "EXISTS took something away");
            while (Uids.Count < Number(exists)) Uids.Add(null);
        }
        else if (Expunge().Match(line) is { Success: true } expunge)
        {
            isQresync.ShouldBeFalse("EXPUNGE came where VANISHED was enabled");
            _mayExpunge.ShouldBeTrue($"{line} came at {_command}, where numbers may not move");
            var at = (int)Number(expunge) - 1;
            at.ShouldBeInRange(0, Uids.Count - 1, line);
            if (Uids[at] is { } uid) Flags.Remove(uid);
            Uids.RemoveAt(at);
        }
        else if (Vanished().Match(line) is { Success: true } vanished)
        {
            var isEarlier = vanished.Groups[1].Success;
            foreach (var uid in Expand(vanished.Groups[2].Value)) Vanish(uid, isEarlier, line);
        }
        else if (Fetch().Match(line) is { Success: true } fetch)
        {
            TakeFetch(line, (int)Number(fetch), fetch.Groups[2].Value);
        }
        else if (HighestCode().Match(line) is { Success: true } code)
        {
            _said = Number(code);
        }
        else if (Validity().Match(line) is { Success: true } validity)
        {
            UidValidity = (uint)Number(validity);
        }
    }

    void Vanish(uint uid, bool isEarlier, string line)
    {
        isQresync.ShouldBeTrue(line);
        if (isEarlier)
        {
            Flags.Remove(uid);
            return;
        }

        _mayExpunge.ShouldBeTrue($"{line} came at {_command}, where numbers may not move");
        var at = Uids.IndexOf(uid);
        // One that it did not look at yet stands behind those that have lesser UIDs.
        if (at < 0) at = Uids.IndexOf(null, Uids.FindLastIndex(known => known < uid) + 1);
        at.ShouldBeGreaterThanOrEqualTo(0, $"{line} names what was never there");
        Flags.Remove(uid);
        Uids.RemoveAt(at);
    }

    void TakeFetch(string line, int number, string items)
    {
        number.ShouldBeInRange(1, Uids.Count, line);
        var uid = Uid().Match(items) is { Success: true } told ? (uint)Number(told) : (uint?)null;
        if (!_asked) uid.ShouldNotBeNull($"{line} was not asked for and has no UID");
        if (uid is not null) (Uids[number - 1] ??= uid).ShouldBe(uid, $"{line} is another message than before");
        if (ModSeq().Match(items) is { Success: true } modSeq) _heard = Math.Max(_heard, Number(modSeq));
        if (Uids[number - 1] is not { } known) return;
        if (FlagList().Match(items) is { Success: true } flags)
        {
            Flags[known] = Ordered(flags.Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            _silent?.Uids.Remove(known);
        }
        else if (_silent is { } silent && silent.Uids.Contains(known))
        {
            Change(known, silent.Flag, silent.IsSet);
        }
    }

    void Change(uint uid, string flag, bool isSet)
    {
        if (!Flags.TryGetValue(uid, out var before)) return;
        var flags = before.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(each => each != flag);
        Flags[uid] = Ordered(isSet ? flags.Append(flag) : flags);
    }

    static string Ordered(IEnumerable<string> flags) => string.Join(' ', flags.Order(StringComparer.Ordinal));

    static long Number(Match match) => long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);

    static IEnumerable<uint> Expand(string set)
    {
        foreach (var range in set.Split(','))
        {
            var ends = range.Split(':').Select(end => uint.Parse(end, CultureInfo.InvariantCulture)).ToArray();
            for (var uid = ends[0]; uid <= ends[^1]; uid++) yield return uid;
        }
    }

    [GeneratedRegex(@"^\* (\d+) EXISTS$")]
    private static partial Regex Exists();

    [GeneratedRegex(@"^\* (\d+) EXPUNGE$")]
    private static partial Regex Expunge();

    [GeneratedRegex(@"^\* VANISHED (\(EARLIER\) )?([\d,:]+)$")]
    private static partial Regex Vanished();

    [GeneratedRegex(@"^\* (\d+) FETCH \((.*)\)$")]
    private static partial Regex Fetch();

    [GeneratedRegex(@"\[HIGHESTMODSEQ (\d+)\]")]
    private static partial Regex HighestCode();

    [GeneratedRegex(@"\[UIDVALIDITY (\d+)\]")]
    private static partial Regex Validity();

    [GeneratedRegex(@"UID (\d+)")]
    private static partial Regex Uid();

    [GeneratedRegex(@"MODSEQ \((\d+)\)")]
    private static partial Regex ModSeq();

    [GeneratedRegex(@"FLAGS \(([^)]*)\)")]
    private static partial Regex FlagList();
}

using Bastide.Mail.Jmap;
using Bastide.Mail.Mime;
using Bastide.Mail.Store;
using Bastide.Platform.Search;
using Bastide.Protocols.Imap;
using Bastide.Protocols.Jmap;

namespace Bastide.Mail.Imap;

/// <summary>
/// Finds the messages of the selected mailbox that a key describes (RFC 9051 §6.4.4). What the mailbox knows is read for
/// all; the index says which of those that are left cannot hold a text; what the messages say of themselves is read then,
/// and the octets only of those that nothing else decides. Texts are compared as substrings, without regard to case
/// (i;unicode-casemap).
/// </summary>
sealed class SearchRun
{
    const int RowsAtOnce = 2000;
    const int ContentsAtOnce = 200;
    readonly ImapSession _session;
    readonly SelectedMailbox _mailbox;
    readonly DateTimeOffset _now;
    readonly Dictionary<SequenceSet, HashSet<uint>> _sets = new(ReferenceEqualityComparer.Instance);
    readonly Dictionary<string, SearchSubstring?> _texts = [];
    readonly MailboxView _view;
    bool _isIndexed;

    SearchRun(ImapSession session, SelectedMailbox mailbox, MailboxView view)
    {
        _session = session;
        _mailbox = mailbox;
        _view = view;
        _now = session.Server.Time.GetUtcNow();
    }

    /// <summary>The places found, by UID ascending.</summary>
    public static async ValueTask<List<Place>> Find(ImapSession session, SelectedMailbox mailbox, SearchKey key)
    {
        if (await session.Server.MailboxMessages.View(mailbox.Account, mailbox.Id, session.Cancellation) is not { } view) return [];
        var run = new SearchRun(session, mailbox, view);
        // The ends of the sets are those of this moment, also where nothing is left to compare with.
        run.Prepare(key);
        var found = new List<Place>();
        foreach (var chunk in mailbox.Uids.Chunk(RowsAtOnce))
        {
            var open = new List<Place>();
            foreach (var facts in await run.Facts(chunk))
            {
                var verdict = run.Decide(key, facts);
                if (verdict is true) found.Add(facts.Place);
                else if (verdict is null) open.Add(facts.Place);
            }

            if (open.Count > 0) open = await run.Sift(key, open, found);
            if (open.Count == 0) continue;
            var may = await run.AskIndex(open);
            foreach (var undecided in open.Chunk(ContentsAtOnce)) found.AddRange(await run.Read(key, undecided, may));
        }

        found.Sort((one, other) => one.Uid.CompareTo(other.Uid));
        return found;
    }

    /// <summary>Decides what the stored headers decide; answers what is left.</summary>
    async ValueTask<List<Place>> Sift(SearchKey key, List<Place> places, List<Place> found)
    {
        var left = new List<Place>();
        var headers = await _session.Server.MailboxMessages.Headers([.. places.Select(place => place.Message).Distinct()], (_, json) => new StoredHeader(json), _session.Cancellation);
        var keywords = await _session.Server.MailboxMessages.Keywords(places, _session.Cancellation);
        foreach (var place in places)
        {
            if (!headers.TryGetValue(place.Message, out var header)) continue;
            var facts = new MessageFacts(place, keywords.GetValueOrDefault(place.Message)) { Stored = header };
            var verdict = Decide(key, facts);
            if (verdict is null)
            {
                facts.Header = header.Read();
                verdict = Decide(key, facts);
            }

            if (verdict is true) found.Add(place);
            else if (verdict is null) left.Add(place);
        }

        return left;
    }

    /// <summary>For every text, the messages whose bodies may hold it.</summary>
    async ValueTask<Dictionary<string, IReadOnlySet<long>>> AskIndex(List<Place> places)
    {
        var may = new Dictionary<string, IReadOnlySet<long>>();
        if (_texts.Count == 0) return may;
        if (!_isIndexed) await _session.Server.Indexer.CatchUp(_mailbox.Account, MailTypes.Email, _session.Cancellation);
        _isIndexed = true;
        long[] messages = [.. places.Select(place => place.Message).Distinct()];
        var search = _session.Server.Search;
        await _session.Server.Database.Read(async scope =>
        {
            foreach (var text in _texts.Keys.ToList())
                may[text] = await search.MayHold(scope, _mailbox.Account, MailTypes.Email, _texts[text] ??= await search.Substring(scope, text), messages);
            return true;
        }, _session.Cancellation);
        return may;
    }

    async ValueTask<List<MessageFacts>> Facts(uint[] uids)
    {
        var places = _view.Find(uids);
        var keywords = await _session.Server.MailboxMessages.Keywords(places, _session.Cancellation);
        return places.ConvertAll(place => new MessageFacts(place, keywords.GetValueOrDefault(place.Message)));
    }

    /// <summary>Those of the messages that are found once they are read.</summary>
    async ValueTask<List<Place>> Read(SearchKey key, Place[] places, Dictionary<string, IReadOnlySet<long>> may)
    {
        uint[] uids = [.. places.Select(place => place.Uid)];
        var (found, messages) = await _session.Server.MailboxMessages.Messages(_mailbox.Account, _mailbox.Id, uids, isContiguous: false, withStructure: true, _session.Cancellation);
        var result = new List<Place>();
        foreach (var place in found)
        {
            if (!messages.TryGetValue(place.Message, out var message)) continue;
            var facts = new MessageFacts(place, message.Row.OtherKeywords) { Header = message.Header, MayHold = text => may[text].Contains(place.Message) };
            if (Decide(key, facts) ?? await Open(key, facts, message)) result.Add(place);
        }

        return result;
    }

    /// <summary>Reads the header, and the text when that does not decide.</summary>
    async ValueTask<bool> Open(SearchKey key, MessageFacts facts, StoredMessage message)
    {
        await using var octets = await _session.Server.Messages.OpenBlob(message.Row.Blob, _session.Cancellation);
        facts.Fields = octets is null ? [] : await HeaderFields.Read(octets, message.Structure!, _session.Cancellation);
        if (Decide(key, facts) is { } verdict) return verdict;
        facts.Text = octets is null ? "" : await MessageText.Read(octets, message.Structure!, _session.Cancellation);
        return Decide(key, facts) is true;
    }

    /// <summary>Whether the message is what the key says; null when that cannot be told from what is known of it so far.</summary>
    bool? Decide(SearchKey key, MessageFacts facts)
    {
        switch (key)
        {
            case SearchKey.All:
                return true;
            case SearchKey.And and:
                return All(and.Keys, facts);
            case SearchKey.Or or:
                var one = Decide(or.One, facts);
                return one is true ? true : Either(one, Decide(or.Other, facts));
            case SearchKey.Not not:
                return !Decide(not.Key, facts);
            case SearchKey.Flag flag:
                return facts.Has(flag.Name);
            case SearchKey.Date date:
                return Compare(date, facts);
            case SearchKey.Within within:
                var age = _now - DateTimeOffset.FromUnixTimeMilliseconds(facts.Place.ReceivedAt);
                return within.IsOlder ? age.TotalSeconds >= within.Seconds : age.TotalSeconds <= within.Seconds;
            case SearchKey.Size size:
                return size.IsLarger ? facts.Place.Size > size.Octets : facts.Place.Size < size.Octets;
            case SearchKey.Uid uid:
                return _sets[uid.Set].Contains(facts.Place.Uid);
            case SearchKey.Number number:
                return _sets[number.Set].Contains(facts.Place.Uid);
            case SearchKey.ModSeq modSeq:
                return facts.Place.ModSeq >= modSeq.Value;
            case SearchKey.EmailId email:
                return WireId.Email.Write(facts.Place.Message) == email.Id;
            case SearchKey.ThreadId thread:
                return WireId.Thread.Write(facts.Place.Thread) == thread.Id;
            case SearchKey.Header header:
                return facts.HeaderHolds(header.Field, header.Text);
            case SearchKey.Contains contains:
                return facts.Holds(contains.Text, contains.AndHeader);
            default:
                throw new InvalidOperationException($"There is no way to search by {key.GetType().Name}.");
        }
    }

    bool? All(IReadOnlyList<SearchKey> keys, MessageFacts facts)
    {
        bool? all = true;
        foreach (var key in keys)
        {
            var verdict = Decide(key, facts);
            if (verdict is false) return false;
            if (verdict is null) all = null;
        }

        return all;
    }

    static bool? Either(bool? one, bool? other) => other is true ? true : one is null || other is null ? null : false;

    static bool? Compare(SearchKey.Date key, MessageFacts facts)
    {
        DateOnly day;
        switch (key.Which)
        {
            case SearchDate.Received:
                day = Day(facts.Place.ReceivedAt);
                break;
            case SearchDate.Saved:
                day = Day(facts.Place.SavedAt);
                break;
            default:
                if (facts.Header is not { } header) return null;
                // Without regard to time and zone (RFC 9051 §6.4.4): the day that stands there.
                if (header.SentAt is not { } sent) return false;
                day = DateOnly.FromDateTime(sent.DateTime);
                break;
        }

        return key.Comparison switch
        {
            SearchComparison.Before => day < key.Day,
            SearchComparison.On => day == key.Day,
            _ => day >= key.Day,
        };
    }

    static DateOnly Day(long milliseconds) => DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime);

    void Prepare(SearchKey key)
    {
        switch (key)
        {
            case SearchKey.And and:
                foreach (var each in and.Keys) Prepare(each);
                break;
            case SearchKey.Or or:
                Prepare(or.One);
                Prepare(or.Other);
                break;
            case SearchKey.Not not:
                Prepare(not.Key);
                break;
            case SearchKey.Contains { Text.Length: > 0 } contains:
                _texts[contains.Text] = null;
                break;
            case SearchKey.Uid uid:
                _sets[uid.Set] = [.. _mailbox.Resolve(uid.Set, isUid: true)];
                break;
            case SearchKey.Number when _session.IsUidOnly:
                throw new ImapSyntaxException("[UIDREQUIRED] Once UIDONLY is enabled messages go by their UIDs");
            case SearchKey.Number number:
                _sets[number.Set] = [.. _mailbox.Resolve(number.Set, isUid: false)];
                break;
        }
    }
}

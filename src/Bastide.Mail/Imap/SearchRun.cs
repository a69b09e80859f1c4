using Bastide.Mail.Mime;
using Bastide.Mail.Store;
using Bastide.Protocols.Imap;

namespace Bastide.Mail.Imap;

/// <summary>
/// Finds the messages of the selected mailbox that a key describes (RFC 9051 §6.4.4). What the mailbox's rows say is read
/// for all; what the messages say of themselves for those that are left; the octets only of those that nothing else
/// decides. Texts are compared as substrings, without regard to case (i;unicode-casemap).
/// </summary>
sealed class SearchRun
{
    const int RowsAtOnce = 2000;
    const int ContentsAtOnce = 200;
    readonly ImapSession _session;
    readonly SelectedMailbox _mailbox;
    readonly DateTimeOffset _now;
    readonly Dictionary<SequenceSet, HashSet<uint>> _sets = new(ReferenceEqualityComparer.Instance);

    readonly MailboxView _view;

    SearchRun(ImapSession session, SelectedMailbox mailbox, MailboxView view)
    {
        _session = session;
        _mailbox = mailbox;
        _view = view;
        _now = session.Server.Time.GetUtcNow();
    }

    /// <summary>The UIDs found, ascending, and the highest modification sequence of them.</summary>
    public static async ValueTask<(List<uint> Uids, long HighestModSeq)> Find(ImapSession session, SelectedMailbox mailbox, SearchKey key)
    {
        if (await session.Server.MailboxMessages.View(mailbox.Account, mailbox.Id, session.Cancellation) is not { } view) return ([], 0);
        var run = new SearchRun(session, mailbox, view);
        // The ends of the sets are those of this moment, also where nothing is left to compare with.
        run.ResolveSets(key, isUid: false);
        var found = new List<uint>();
        var highest = 0L;
        foreach (var chunk in mailbox.Uids.Chunk(RowsAtOnce))
        {
            var (open, places) = (new List<Place>(), new Dictionary<uint, Place>());
            foreach (var facts in await run.Facts(chunk))
            {
                places[facts.Place.Uid] = facts.Place;
                var verdict = run.Decide(key, facts);
                if (verdict is true) found.Add(facts.Place.Uid);
                else if (verdict is null) open.Add(facts.Place);
            }

            foreach (var undecided in open.Chunk(ContentsAtOnce)) found.AddRange(await run.Read(key, undecided));
            highest = Math.Max(highest, found.Where(places.ContainsKey).Select(uid => places[uid].ModSeq).DefaultIfEmpty().Max());
        }

        found.Sort();
        return (found, highest);
    }

    async ValueTask<List<MessageFacts>> Facts(uint[] uids)
    {
        var places = _view.Find(uids);
        var keywords = await _session.Server.MailboxMessages.Keywords(places, _session.Cancellation);
        return places.ConvertAll(place => new MessageFacts(place, keywords.GetValueOrDefault(place.Message)));
    }

    /// <summary>Those of the messages that are found once they are read.</summary>
    async ValueTask<List<uint>> Read(SearchKey key, Place[] places)
    {
        uint[] uids = [.. places.Select(place => place.Uid)];
        var (found, messages) = await _session.Server.MailboxMessages.Messages(_mailbox.Account, _mailbox.Id, uids, isContiguous: false, withStructure: true, _session.Cancellation);
        var result = new List<uint>();
        foreach (var place in found)
        {
            if (!messages.TryGetValue(place.Message, out var message)) continue;
            var facts = new MessageFacts(place, message.Row.OtherKeywords) { Header = message.Header };
            var verdict = Decide(key, facts);
            if (verdict is null)
            {
                await Open(facts, message);
                verdict = Decide(key, facts);
            }

            if (verdict is true) result.Add(place.Uid);
        }

        return result;
    }

    async ValueTask Open(MessageFacts facts, StoredMessage message)
    {
        await using var octets = await _session.Server.Messages.OpenBlob(message.Row.Blob, _session.Cancellation);
        facts.Fields = octets is null ? [] : await HeaderFields.Read(octets, message.Structure!, _session.Cancellation);
        facts.Text = octets is null ? "" : await MessageText.Read(octets, message.Structure!, _session.Cancellation);
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
                return Jmap.WireId.Email.Write(facts.Place.Message) == email.Id;
            case SearchKey.ThreadId thread:
                return Jmap.WireId.Thread.Write(facts.Place.Thread) == thread.Id;
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

    void ResolveSets(SearchKey key, bool isUid)
    {
        switch (key)
        {
            case SearchKey.And and:
                foreach (var each in and.Keys) ResolveSets(each, isUid);
                break;
            case SearchKey.Or or:
                ResolveSets(or.One, isUid);
                ResolveSets(or.Other, isUid);
                break;
            case SearchKey.Not not:
                ResolveSets(not.Key, isUid);
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

using Bastide.Platform.Accounts;
using Bastide.Platform.Db;
using Bastide.Platform.Search;

namespace Bastide.Contacts.Store;

/// <summary>
/// Finds the cards of one query, in the scope of it. What is looked for in texts is found once for each piece; the rest is
/// told from the heads of the cards, which are few enough to hold.
/// </summary>
sealed class CardFinder(ReadScope scope, AccountId account, ContactRights rights, SearchIndex search)
{
    const int MostPieces = 40;
    const int MostPiecesInText = 10;

    static readonly Dictionary<CardTextField, CardField> Fields = new()
    {
        [CardTextField.Name] = CardField.Names,
        [CardTextField.Nickname] = CardField.Nicknames,
        [CardTextField.Organization] = CardField.Organizations,
        [CardTextField.Email] = CardField.Emails,
        [CardTextField.Phone] = CardField.Phones,
        [CardTextField.OnlineService] = CardField.Services,
    };

    /// <summary>As people order names: without regard to case.</summary>
    static readonly StringComparer ByName = StringComparer.InvariantCultureIgnoreCase;

    readonly Dictionary<(CardTextField, string), HashSet<long>> _holding = [];
    readonly Dictionary<string, HashSet<long>> _members = [];
    readonly Dictionary<string, long?> _uids = [];
    Dictionary<long, List<long>> _places = [];
    int _pieces;

    /// <summary>Why the query has no answer, or null.</summary>
    public string? TooBroad { get; private set; }

    /// <summary>Whether the filter asks for texts that only the search index knows.</summary>
    public static bool AsksIndex(CardFilter? filter) => filter switch
    {
        CardFilterGroup group => group.Filters.Any(AsksIndex),
        CardCondition condition => condition.Texts.Keys.Any(text => text is CardTextField.Text or CardTextField.Address or CardTextField.Note),
        _ => false,
    };

    /// <summary>The numbers of the cards, in order.</summary>
    public async ValueTask<List<long>> Find(CardFilter? filter, IReadOnlyList<CardSort> sort)
    {
        await Prepare(filter);
        if (TooBroad is not null) return [];
        var heads = await CardTable.Heads(scope, account, ContactCards.Most);
        if (!rights.SeesAll || AsksPlaces(filter)) _places = await PlaceTable.OfAccount(scope, account, ContactCards.Most * 2);
        var found = heads.FindAll(head => IsVisible(head.Id) && Matches(filter, head));
        found.Sort((a, b) => Compare(a, b, sort));
        return found.ConvertAll(head => head.Id);
    }

    bool IsVisible(long card) => rights.SeesAll || (_places.TryGetValue(card, out var books) && rights.Sees(books));

    static bool AsksPlaces(CardFilter? filter) => filter switch
    {
        CardFilterGroup group => group.Filters.Any(AsksPlaces),
        CardCondition condition => condition.InAddressBook is not null,
        _ => false,
    };

    /// <summary>Looks up what the database must be asked for, once each.</summary>
    async ValueTask Prepare(CardFilter? filter)
    {
        if (filter is CardFilterGroup group)
        {
            foreach (var inner in group.Filters) await Prepare(inner);
            return;
        }

        if (filter is not CardCondition condition) return;
        if (condition.Uid is { } uid && !_uids.ContainsKey(uid)) _uids[uid] = await CardTable.WithUid(scope, account, uid);
        if (condition.HasMember is { } member && !_members.ContainsKey(member)) _members[member] = [.. await CardTable.WithMember(scope, account, member, ContactCards.Most)];
        foreach (var (text, wanted) in condition.Texts)
            foreach (var piece in PiecesOf(text, wanted))
                if (!_holding.ContainsKey((text, piece)) && text is not (CardTextField.Given or CardTextField.Surname or CardTextField.Surname2))
                    await Look(text, piece);
    }

    async ValueTask Look(CardTextField text, string piece)
    {
        if (++_pieces > MostPieces)
        {
            TooBroad = $"A query looks for {MostPieces} pieces of text at most.";
            return;
        }

        var found = new HashSet<long>();
        if (Fields.TryGetValue(text, out var field))
        {
            found.UnionWith(await CardTable.Holding(scope, account, field, piece, ContactCards.Most));
        }
        else
        {
            var where = text switch { CardTextField.Address => SearchField.Names, CardTextField.Note => SearchField.Body, _ => SearchField.Any };
            found.UnionWith(await search.Match(scope, account, ContactTypes.ContactCard, SearchQuery.Words(piece, where, lastIsPrefix: true), ContactCards.Most));
            if (text == CardTextField.Text)
                foreach (var (any, column) in Fields)
                    found.UnionWith(await CardTable.Holding(scope, account, column, any == CardTextField.Phone && AsNumber(piece) is { } digits ? digits : piece, ContactCards.Most));
        }

        _holding[(text, piece)] = found;
    }

    /// <summary>The pieces of a text that must each be there; a telephone number is one, however it is written.</summary>
    static List<string> PiecesOf(CardTextField text, string wanted) =>
        text == CardTextField.Phone && AsNumber(wanted) is { } digits ? [digits] : FoldedText.Pieces(wanted, MostPiecesInText);

    /// <summary>The digits of what may be a telephone number, without the zero that stands for the country; null for other texts.</summary>
    static string? AsNumber(string text)
    {
        if (text.Any(c => !char.IsAsciiDigit(c) && c is not ('+' or ' ' or '.' or '-' or '/' or '(' or ')'))) return null;
        return CardDerivation.Digits(text).TrimStart('0') is { Length: > 1 } digits ? digits : null;
    }

    bool Matches(CardFilter? filter, CardHead head) => filter switch
    {
        null => true,
        CardFilterGroup { Operator: "AND" } and => and.Filters.All(inner => Matches(inner, head)),
        CardFilterGroup { Operator: "OR" } or => or.Filters.Any(inner => Matches(inner, head)),
        CardFilterGroup none => !none.Filters.Any(inner => Matches(inner, head)),
        CardCondition condition => Matches(condition, head),
        _ => throw new ArgumentException("A filter is a condition or a group.", nameof(filter)),
    };

    bool Matches(CardCondition condition, CardHead head) =>
        (condition.InAddressBook is not { } book || (rights.May(Rights.Read, book) && _places.TryGetValue(head.Id, out var books) && books.Contains(book)))
        && (condition.Uid is not { } uid || _uids[uid] == head.Id)
        && (condition.HasMember is not { } member || _members[member].Contains(head.Id))
        && (condition.Kind is not { } kind || kind == head.Kind)
        && (condition.CreatedBefore is not { } createdBefore || head.CreatedAt < createdBefore)
        && (condition.CreatedAfter is not { } createdAfter || head.CreatedAt >= createdAfter)
        && (condition.UpdatedBefore is not { } updatedBefore || head.UpdatedAt < updatedBefore)
        && (condition.UpdatedAfter is not { } updatedAfter || head.UpdatedAt >= updatedAfter)
        && condition.Texts.All(text => PiecesOf(text.Key, text.Value).TrueForAll(piece => Holds(text.Key, piece, head)));

    bool Holds(CardTextField text, string piece, CardHead head) => text switch
    {
        CardTextField.Given => Holds(head.Given, piece),
        CardTextField.Surname => Holds(head.Surname, piece),
        CardTextField.Surname2 => Holds(head.Surname2, piece),
        _ => _holding.TryGetValue((text, piece), out var found) && found.Contains(head.Id),
    };

    static bool Holds(string? name, string piece) => name is not null && FoldedText.Of(name).Contains(piece, StringComparison.Ordinal);

    static int Compare(CardHead a, CardHead b, IReadOnlyList<CardSort> sort)
    {
        foreach (var (property, isAscending) in sort)
        {
            var order = property switch
            {
                CardSortProperty.Created => a.CreatedAt.CompareTo(b.CreatedAt),
                CardSortProperty.Updated => a.UpdatedAt.CompareTo(b.UpdatedAt),
                CardSortProperty.Given => ByName.Compare(a.Given ?? a.FullName, b.Given ?? b.FullName),
                CardSortProperty.Surname => ByName.Compare(a.Surname ?? a.FullName, b.Surname ?? b.FullName),
                _ => ByName.Compare(a.Surname2 ?? a.FullName, b.Surname2 ?? b.FullName),
            };
            if (order != 0) return isAscending ? order : -order;
        }

        return a.Id.CompareTo(b.Id);
    }
}
